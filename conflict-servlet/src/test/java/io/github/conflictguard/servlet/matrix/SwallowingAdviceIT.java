package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conflicts behind a catch-all advice of Spring 5 and 6 on real servers, without the agent. */
@Tag("heavy")
class SwallowingAdviceIT {

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_9", "TOMCAT_11", "JETTY_12_EE8", "JETTY_12_EE10"})
  void conflictBehindTheAdviceIsAnswered(ServerKind kind) throws Exception {
    War war = new AdvisedWar();
    try (Server server = Server.start(kind, List.of(war), List.of());
        WireClient client = new WireClient(server.port())) {
      for (String way : List.of("now", "callable", "task", "future", "deferred")) {
        RawAnswer conflict = client.send("POST", war.path() + "/mvc/conflict/" + way);
        assertTrue(conflict.statusLine().startsWith("HTTP/1.1 409"), way + conflict.text());
        server.awaitOutput(
            Pattern.compile("answered=true found=attribute .* path=" + war.path() + ".*/" + way));
        RawAnswer bug = client.send("POST", war.path() + "/mvc/bug/" + way);
        assertTrue(bug.statusLine().startsWith("HTTP/1.1 500"), way + bug.statusLine());
        assertEquals("{\"error\":\"failed\"}", bug.text());
      }
    }
  }
}
