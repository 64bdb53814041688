package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes are woven while real servers load them, and the log tells which. */
@Tag("heavy")
class WeavingIT {

  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String AGENT = "-javaagent:" + Path.of(System.getProperty("agent.jar"));

  /** For each WAR: the annotated method, the one in the rules file, the servlet's own. */
  @ParameterizedTest
  @CsvSource({
    "TOMCAT_9, false, NONE, NONE, SERVICE, ALL",
    "TOMCAT_11, false, NONE, NONE, SERVICE, ALL",
    "TOMCAT_11, true, ALL, ANNOTATED, SERVICE, ALL",
    "JETTY_12_EE10, false, NONE, NONE, ALL, ALL",
    "JETTY_12_EE10, true, ALL, ANNOTATED, ALL, ALL",
    "UNDERTOW_2_3, false, NONE, NONE, NONE, ALL",
  })
  void everyWayWeavesWhatItCanReach(
      ServerKind kind,
      boolean withAgent,
      Guarded byAgent,
      Guarded byNobody,
      Guarded byContainer,
      Guarded byAttachment)
      throws Exception {
    List<String> options = withAgent ? List.of(AGENT) : List.of();
    try (Server server = Server.start(kind, Arrays.asList(GuardedWar.values()), options)) {
      assertGuarded(byAgent, server, GuardedWar.AGENT);
      assertGuarded(byNobody, server, GuardedWar.NONE);
      assertGuarded(
          withAgent ? byContainer.orAnnotated() : byContainer, server, GuardedWar.CONTAINER);
      assertGuarded(byAttachment, server, GuardedWar.ATTACH);
    }
  }

  private static void assertGuarded(Guarded expected, Server server, GuardedWar war)
      throws Exception {
    try (WireClient client = new WireClient(server.port())) {
      String path = war.path() + "/stock/";
      String found =
          isConflict(client.sendBody("POST", path + "annotated", "", FORM))
              + " "
              + isConflict(client.sendBody("POST", path + "listed", "", FORM))
              + " "
              + isConflict(client.sendBody("PUT", path + "own", "", FORM));
      assertEquals(expected.methods, found, war + "; the server printed:\n" + server.output());
    }
    long guarded = Arrays.stream(expected.methods.split(" ")).filter("true"::equals).count();
    server.awaitOutput(
        Pattern.compile("in '" + war.path() + "': weaving: " + guarded + " of 3 methods"));
  }

  private static boolean isConflict(RawAnswer answer) {
    boolean conflict = answer.statusLine().startsWith("HTTP/1.1 409");
    assertTrue(conflict || answer.text().equals("swallowed"), answer.statusLine());
    return conflict;
  }

  /** Which of the three methods have their guard. */
  private enum Guarded {
    NONE("false false false"),
    ANNOTATED("true false true"),
    SERVICE("true true false"),
    ALL("true true true");

    final String methods;

    Guarded(String methods) {
      this.methods = methods;
    }

    /** With an agent that weaves what is annotated anyway. */
    Guarded orAnnotated() {
      return this == SERVICE ? ALL : this;
    }
  }
}
