package io.github.conflictguard.servlet.matrix;

import static io.github.conflictguard.servlet.matrix.LegacyWar.JAR_ALONE;
import static io.github.conflictguard.servlet.matrix.LegacyWar.LINES;
import static io.github.conflictguard.servlet.matrix.LegacyWar.REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar is in the application, and among the libraries of all applications of the server. */
class TwoCopiesIT {

  private static final String FILTER = "io.github.conflictguard.servlet.ConflictFilter";

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_9", "TOMCAT_11"})
  void oneIsUsedAndTheLogNamesBothOnce(ServerKind tomcat) throws Exception {
    try (Server server = Server.startWithSharedJar(tomcat, LINES, JAR_ALONE, REFUSED);
        WireClient client = new WireClient(server.port())) {
      for (LegacyWar war : List.of(LINES, JAR_ALONE)) {
        RawAnswer about = client.send("GET", war.path() + "/about");
        assertEquals(1, about.text().lines().filter(FILTER::equals).count());
        assertStatus(201, client.sendBody("PUT", war.path() + "/records/1", "1"));
        assertStatus(
            412, client.sendBody("PUT", war.path() + "/records/1", "2", "If-Match: \"0\""));
        assertStatus(409, client.send("POST", war.path() + "/failing/duplicate"));
        String warning = "Conflict Guard is there more than once for '" + war.path() + "'";
        assertEquals(1, server.output().split(warning, -1).length - 1);
      }
      assertStatus(201, client.sendBody("PUT", "/refused/records/1", "1"));
      assertStatus(204, client.sendBody("PUT", "/refused/records/1", "2", "If-Match: \"0\""));
    }
  }

  private static void assertStatus(int status, RawAnswer answer) {
    assertEquals("HTTP/1.1 " + status, answer.statusLine().trim().substring(0, 12));
  }
}
