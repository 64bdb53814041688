package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.Container;
import io.github.conflictguard.example.server.OfficeBrowser;
import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One person who plays two users, as the start page proposes. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class StartPageBrowserIT {

  private static final String ADA =
      "{\"name\":\"Ada Lovelace\",\"email\":\"ada@example.org\",\"phone\":\"+44 20 7946 0001\"}";

  private static final Path PICTURES =
      Path.of(System.getProperty("project.root"), ".github", "pictures");

  private final RunningOffice office;
  private final OfficeClient client;

  StartPageBrowserIT(RunningOffice office) {
    this.office = office;
    this.client = new OfficeClient(office.server());
  }

  @BeforeEach
  @AfterEach
  void restore() throws Exception {
    assertEquals(200, client.sendJson("PUT", "api/customers/1", ADA).statusCode());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoWindowsEndAtTheConflictPageWithBothValues(boolean scripts) throws Exception {
    try (OfficeBrowser person = OfficeBrowser.start(office.server(), "en", scripts)) {
      assertEquals(scripts, person.runsScripts());
      person.open("").inFrame("Ann").type("phone", "2 by Ann").save();
      assertEquals("Customers", person.heading());
      person.inFrame("Ben").type("phone", "3 by Ben").save();
      assertEquals("Another user saved this while you were editing", person.heading());
      assertTrue(person.text().contains("2 by Ann"), person.text());
      assertTrue(person.text().contains("3 by Ben"), person.text());
      person.choose("phone", "3 by Ben").save();
      assertEquals("Customers", person.heading());
      assertTrue(client.send("GET", "api/customers/1").body().contains("3 by Ben"));
    }
  }

  /** With {@code -Dpictures}, writes the picture of the README. */
  @Test
  void twoTabsOfOneBrowserAreTwoUsers() throws Exception {
    try (OfficeBrowser person = OfficeBrowser.start(office.server(), "en")) {
      String ann = person.openTab("sign-on?user=Ann");
      String ben = person.openTab("sign-on?user=Ben");
      person.inTab(ann).type("phone", "+44 20 7946 0002").save();
      person.inTab(ben).type("name", "Ada King").type("phone", "+44 20 7946 0003").save();
      assertEquals("Another user saved this while you were editing", person.heading());
      assertEquals("Ada King", person.value("name"));
      if (Boolean.getBoolean("pictures") && office.container() == Container.JETTY) {
        person.width(960, 1.25).photograph(PICTURES.resolve("conflict-page.png"));
      }
      person.press("main a");
      assertEquals("Edit customer", person.heading());
      assertEquals("+44 20 7946 0002", person.value("phone"));
    }
  }

  /** The same user in two tabs is told that they have changed it themselves. */
  @Test
  void twoTabsOfOneUserAreOneUser() throws Exception {
    try (OfficeBrowser person = OfficeBrowser.start(office.server(), "en")) {
      person.open("sign-on?user=Ann");
      String first = person.openTab(person.path());
      String second = person.openTab(person.path());
      person.inTab(first).type("phone", "2").save();
      person.inTab(second).type("phone", "3").save();
      assertEquals(
          "You have saved this from another page since you opened this one", person.heading());
    }
  }

  @Test
  void trafficIsPlayedByItsButton() throws Exception {
    try (OfficeBrowser person = OfficeBrowser.start(office.server(), "en", false)) {
      person.open("").press("form[action$=traffic] button");
      assertEquals("Traffic", person.heading());
      assertTrue(person.text().contains("67 requests of three users"), person.text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "traffic", "customers", "customers/edit?id=1", "orders"})
  void pagesFitAPhone(String page) throws Exception {
    try (OfficeBrowser person = OfficeBrowser.start(office.server(), "en")) {
      person.width(360, 1).open(page);
      assertFalse(person.isTooWide(), page);
    }
  }
}
