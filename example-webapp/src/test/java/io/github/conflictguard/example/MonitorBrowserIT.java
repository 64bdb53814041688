package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.server.Container;
import io.github.conflictguard.example.server.OfficeBrowser;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.OfficeServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The monitor of the example, as a newcomer opens it: traffic, one click, the token of the log. */
@Timeout(180)
class MonitorBrowserIT {

  private static final Path PICTURES =
      Path.of(System.getProperty("project.root"), ".github", "pictures");
  private static final Pattern TOKEN =
      Pattern.compile("the monitor is at /conflict-guard/ and requires this token.*: (\\S+)");

  /** With {@code -Dpictures}, writes the second picture of the README. */
  @ParameterizedTest
  @EnumSource
  void trafficIsCountedByTheMonitor(Container container) throws Exception {
    try (OfficeDatabase database = OfficeDatabase.start();
        OfficeServer server = container.start(database);
        OfficeBrowser person = OfficeBrowser.start(server, "en")) {
      person.open("").press("form[action$=traffic] button");
      assertTrue(person.text().contains("67 requests of three users"), person.text());
      person.press("main a.button");
      assertEquals("Conflict monitor", person.heading());
      person.type("token", token(server)).press("form button");
      assertEquals("Overview", person.heading());
      assertEquals(List.of("2", "2", "9", "0"), figures(person));
      if (Boolean.getBoolean("pictures") && container == Container.JETTY) {
        person.width(1000, 1.2).photograph(PICTURES.resolve("monitor.png"), 900);
      }
      person.open("conflict-guard/rules").press("button.primary");
      person.open("traffic").press("main form button");
      assertTrue(person.text().contains("67 requests of three users"), person.text());
      person.open("conflict-guard/");
      assertEquals(List.of("2", "2", "20", "0"), figures(person));
    }
  }

  private static List<String> figures(OfficeBrowser person) {
    return person.texts(".figures .value").subList(0, 4);
  }

  private static String token(OfficeServer server) throws IOException {
    Matcher line = TOKEN.matcher(server.printed());
    assertTrue(line.find(), "no token in the log");
    return line.group(1);
  }
}
