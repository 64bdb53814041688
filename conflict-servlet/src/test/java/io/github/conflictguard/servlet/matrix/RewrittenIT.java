package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Behind a filter that forwards everything, on every container. */
class RewrittenIT {

  static List<ServerKind> containers() {
    return ServerKind.ofThisBuild();
  }

  @ParameterizedTest
  @MethodSource("containers")
  void forwardedRequestsAreJudgedWhereARuleSaysSoAndElseReported(ServerKind kind) throws Exception {
    List<RewrittenWar> wars = RewrittenWar.of(kind);
    try (Server server = Server.start(kind, wars, List.of());
        WireClient client = new WireClient(server.port())) {
      for (RewrittenWar war : wars) {
        if (war.isRuled()) {
          assertJudged(client, war);
        } else if (!isWithoutListener(kind)) {
          assertReported(server, client, war);
        }
      }
      int reports = server.output().split("\\[requests-bypass-guard]", -1).length - 1;
      assertEquals(isWithoutListener(kind) ? 0 : 1, reports);
    }
  }

  /** The launcher of Undertow runs no initializer, and filters may add no listener there. */
  private static boolean isWithoutListener(ServerKind kind) {
    return kind.family == ServerFamily.UNDERTOW;
  }

  private static void assertJudged(WireClient client, RewrittenWar war) throws Exception {
    String path = war.path() + "/r/1";
    String tag = String.valueOf(client.send("GET", path).header("ETag"));
    assertTrue(tag.startsWith("\""), war + " " + tag);
    assertStatus(204, client.sendBody("PUT", path, "{\"a\":1}", "If-Match: " + tag), war);
    assertStatus(412, client.sendBody("PUT", path, "{\"a\":2}", "If-Match: " + tag), war);
    RawAnswer now = client.send("GET", path);
    assertEquals("{\"a\":1}", now.text(), war::toString);
    String next = String.valueOf(now.header("ETag"));
    assertStatus(304, client.send("GET", path, "If-None-Match: " + next), war);
    assertStatus(204, client.sendBody("PUT", path, "{\"a\":3}", "If-Match: " + next), war);
    for (int i = 0; i < 60; i++) {
      assertStatus(200, client.send("GET", path), war);
    }
  }

  private static void assertReported(Server server, WireClient client, RewrittenWar war)
      throws Exception {
    for (int i = 0; i < 60; i++) {
      assertNull(client.send("GET", war.path() + "/r/" + i).header("ETag"));
    }
    server.awaitOutput(
        Pattern.compile(
            Pattern.quote("'" + war.path() + "': 50 requests went past the guard, such as /r/*")
                + ".*\\[requests-bypass-guard]"));
  }

  private static void assertStatus(int status, RawAnswer answer, RewrittenWar war) {
    assertTrue(
        answer.statusLine().contains(" " + status),
        war + " " + answer.statusLine() + answer.text());
  }
}
