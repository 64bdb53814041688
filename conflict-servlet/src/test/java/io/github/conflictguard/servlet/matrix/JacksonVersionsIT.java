package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The artifacts that a build depends on work beside every Jackson of the application. */
class JacksonVersionsIT {

  private static final List<String> VERSIONS = List.of("2.9.10", "2.12.7", "2.15.4", "latest");

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_9", "TOMCAT_11"})
  void conflictsAreAnsweredBesideEveryJackson(ServerKind kind) throws Exception {
    List<War> wars = VERSIONS.stream().<War>map(MavenWar::new).toList();
    try (Server server = Server.start(kind, wars, List.of());
        WireClient client = new WireClient(server.port())) {
      for (War war : wars) {
        RawAnswer conflict = client.send("POST", war.path() + "/failing/duplicate");
        assertStatus(409, conflict);
        assertTrue(conflict.text().contains("\"kind\":\"duplicate-key\""), conflict.text());
        server.awaitOutput(
            Pattern.compile(
                "conflict kind=duplicate-key status=409 answered=true .* path="
                    + Pattern.quote(war.path())
                    + "/"));
        assertRecordIsGuarded(client, war);
      }
    }
  }

  /** Read and written by the application's Jackson, tagged and refused by the guard. */
  private static void assertRecordIsGuarded(WireClient client, War war) throws Exception {
    RawAnswer read = client.send("GET", war.path() + "/record");
    String library = String.valueOf(read.header("X-Library"));
    String version = war.folder().replace("jackson-", "").replace("latest", "2.2");
    assertTrue(library.startsWith("jackson-databind-" + version), library);
    String match = "If-Match: " + read.header("ETag");
    assertStatus(204, client.sendBody("PUT", war.path() + "/record", "{\"name\": 1}", match));
    RawAnswer stale = client.sendBody("PUT", war.path() + "/record", "{\"name\": 2}", match);
    assertStatus(412, stale);
    assertTrue(stale.text().contains("\"kind\":\"stale-version\""), stale.text());
  }

  private static void assertStatus(int status, RawAnswer answer) {
    assertEquals("HTTP/1.1 " + status, answer.statusLine().trim().substring(0, 12), answer::text);
  }
}
