package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeBrowser;
import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Two people at their screens, who edit the same customer. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class FormBrowserIT {

  private final RunningOffice office;
  private final OfficeClient client;

  FormBrowserIT(RunningOffice office) {
    this.office = office;
    this.client = new OfficeClient(office.server());
  }

  @Test
  void theSecondOneChoosesAndNothingIsLost() throws Exception {
    String id = created();
    try (OfficeBrowser ann = OfficeBrowser.start(office.server(), "en");
        OfficeBrowser bob = OfficeBrowser.start(office.server(), "de")) {
      ann.open("customers/edit?id=" + id);
      bob.open("customers/edit?id=" + id);
      ann.type("phone", "2 von Ann").save();
      assertEquals("Customers", ann.heading());
      bob.type("phone", "3 von Böb ☃").type("name", "Bob <b>").save();
      // Without a login it cannot be told who that was.
      assertEquals("Das hat sich geändert, seit Sie die Seite geöffnet haben", bob.heading());
      assertEquals("Bob <b>", bob.value("name"));
      assertTrue(bob.text().contains("3 von Böb ☃"), bob.text());
      // Once more, meanwhile.
      client.sendJson("PATCH", "api/customers/" + id, "{\"phone\":\"4\"}");
      bob.choose("phone", "2 von Ann").save();
      assertTrue(bob.heading().startsWith("Das hat sich geändert"), bob.text());
      bob.choose("phone", "4").save();
      assertEquals("Customers", bob.heading());
      bob.open("customers/edit?id=" + id);
      assertEquals("4", bob.value("phone"));
      assertEquals("Bob <b>", bob.value("name"));
    }
  }

  private String created() throws Exception {
    HttpResponse<String> created =
        client.sendJson(
            "POST",
            "api/customers",
            "{\"name\":\"Ada\",\"email\":\""
                + UUID.randomUUID()
                + "@example.org\",\"phone\":\"1\"}");
    return created.body().replaceAll(".*\"id\":(\\d+).*", "$1");
  }
}
