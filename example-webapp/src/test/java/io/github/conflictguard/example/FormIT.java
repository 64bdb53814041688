package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The form of a customer, whose pages and handlers know nothing of what protects it. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class FormIT {

  private static final Pattern TOKEN =
      Pattern.compile("<input type=\"hidden\" name=\"_conflictguard\" value=\"([^\"]+)\"></form>");

  private final OfficeClient client;
  private final OfficeDatabase database;
  private final String email = UUID.randomUUID() + "@example.org";

  FormIT(RunningOffice office) {
    this.client = new OfficeClient(office.server());
    this.database = office.database();
  }

  @Test
  void theSecondOfTwoWhoEditTheSameCustomerKeepsWhatHeTyped() throws Exception {
    String id = created();
    String first = tokenIn(edit(id));
    String second = tokenIn(edit(id));
    assertEquals(302, save(id, "Ada L\u00f6velace", "1", first).statusCode());
    HttpResponse<String> refused =
        save(id, "Ada", "\u2603 2", second, "Accept", "text/html", "Accept-Language", "en");
    assertEquals(412, refused.statusCode());
    assertEquals("1", stored("phone"));
    assertEquals("Ada L\u00f6velace", stored("name"));
    assertTrue(refused.body().contains("\u2603 2"), refused.body());
    assertTrue(refused.body().contains("Ada L\u00f6velace"), refused.body());
  }

  @Test
  void whatProgramsWriteMakesAFormOldToo() throws Exception {
    String id = created();
    String token = tokenIn(edit(id));
    client.sendJson("PATCH", "api/customers/" + id, "{\"phone\":\"2\"}");
    assertEquals(412, save(id, "Ada", "3", token).statusCode());
    assertEquals(302, save(id, "Ada", "3", tokenIn(edit(id))).statusCode());
    assertEquals("3", stored("phone"));
  }

  @Test
  void twoClicksMakeOneCustomer() throws Exception {
    String token = tokenIn(client.send("GET", "customers/new").body());
    Map<String, String> form = Map.of("name", "Ada", "email", email, "_conflictguard", token);
    assertEquals(302, client.sendForm("customers/save", form).statusCode());
    HttpResponse<String> second = client.sendForm("customers/save", form);
    assertEquals(302, second.statusCode());
    assertEquals("true", second.headers().firstValue("Idempotent-Replayed").orElse(""));
    assertEquals("Ada", stored("name"));
  }

  private String created() throws Exception {
    return path(client.createCustomer("Ada", email)).replaceAll(".*/", "");
  }

  private String edit(String id) throws Exception {
    return client.send("GET", "customers/edit?id=" + id).body();
  }

  private HttpResponse<String> save(
      String id, String name, String phone, String token, String... headers) throws Exception {
    return client.sendForm(
        "customers/save",
        Map.of("id", id, "name", name, "email", email, "phone", phone, "_conflictguard", token),
        headers);
  }

  private String stored(String column) throws Exception {
    return database.text("SELECT " + column + " FROM customer WHERE email = ?", email);
  }

  private static String tokenIn(String page) {
    Matcher token = TOKEN.matcher(page);
    assertTrue(token.find(), page);
    return token.group(1);
  }
}
