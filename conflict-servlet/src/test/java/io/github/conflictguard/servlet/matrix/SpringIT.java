package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application made of Spring answers the same on real servers wherever the guard stands among
 * its filters.
 */
@ParameterizedClass
@EnumSource(names = {"TOMCAT_9", "TOMCAT_11", "JETTY_12_EE8", "JETTY_12_EE10"})
@Tag("heavy")
class SpringIT {

  private static final String SET_LAST =
      "(?m)^(X-Frame-Options|X-Content-Type-Options|Cache-Control|Pragma|Expires): .*\n";

  private static final List<String> PATHS =
      List.of(
          "/mvc/stored/json",
          "/mvc/stored/text",
          "/mvc/stored/entity",
          "/mvc/stored/large",
          "/mvc/stored/missing",
          "/mvc/stored/feed",
          "/mvc/stored/bytes",
          "/mvc/stored/page",
          "/mvc/stored/forward/json",
          "/mvc/stored/forward/feed",
          "/mvc/stored/forward/bytes",
          "/mvc/stored/redirect",
          "/mvc/stored/session",
          "/mvc/stored/error",
          "/mvc/unstored/json",
          "/mvc/unstored/feed",
          "/mvc/unstored/page",
          "/plain/form",
          "/jsp/page",
          "/decorated/form",
          "/decorated/jsp",
          "/none");

  private static Server server;

  @Parameter ServerKind kind;

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind, Arrays.asList(SpringWar.values()), List.of());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void theAnswersOfSpringStayWhole(SpringWar war) throws Exception {
    assertEquals(comparable(SpringWar.PLAIN), comparable(war));
  }

  /**
   * After a forward Tomcat 11 sends its own response through all wrappers. Without the guard, the
   * headers that Spring Security sets last are missing then, and so is the failure of SiteMesh 3,
   * whose address of a decorator Spring Security refuses.
   */
  private String comparable(SpringWar war) throws Exception {
    List<String> answers = answers(war);
    if (kind == ServerKind.TOMCAT_11) {
      answers.removeIf(answer -> answer.contains("/decorated/jsp\n"));
      answers.replaceAll(answer -> answer.replaceAll(SET_LAST, ""));
    }
    return String.join("\n", answers);
  }

  @ParameterizedTest
  @EnumSource(names = {"JAR", "FRONT", "BEHIND", "BODY", "COUNTER"})
  void answersOfSpringGetTags(SpringWar war) throws Exception {
    String path = war.path() + "/mvc/stored/json";
    try (WireClient client = new WireClient(server.port())) {
      String tag = client.send("GET", path).header("ETag");
      assertNotNull(tag);
      RawAnswer again = client.send("GET", path, "If-None-Match: " + tag);
      assertTrue(again.statusLine().startsWith("HTTP/1.1 304"), again.statusLine());
      assertTrue(client.send("GET", path).statusLine().startsWith("HTTP/1.1 200"));
    }
  }

  /** On one connection: an answer of another length than announced would spoil the next one. */
  private static List<String> answers(SpringWar war) throws Exception {
    List<String> answers = new ArrayList<>();
    try (WireClient client = new WireClient(server.port())) {
      for (String path : PATHS) {
        for (String method : List.of("GET", "HEAD", "POST")) {
          answers.add(method + ' ' + path + '\n' + brief(client.send(method, war.path() + path)));
        }
      }
    }
    answers.replaceAll(answer -> withoutPlace(answer, war));
    return answers;
  }

  private static String withoutPlace(String answer, SpringWar war) {
    return answer
        .replaceAll("(/|&#47;)" + war.folder() + "(?=/|&#47;)", "/app")
        .replaceAll("(?i); ?path=/" + war.folder(), "; path=/app")
        .replace(":" + server.port() + "/", ":port/");
  }

  private static String brief(RawAnswer answer) {
    StringBuilder text = new StringBuilder(answer.statusLine()).append('\n');
    for (String line : answer.headers()) {
      if (!line.matches("(?i)(Date|ETag|Content-Length|Transfer-Encoding): .*")) {
        text.append(line.replaceAll("SESSION(ID)?=[^;]+", "SESSION=*")).append('\n');
      }
    }
    return text.append(
            answer.text().replaceAll("<input type=.?hidden[^>]*_conflictguard[^>]*>", ""))
        .append('\n')
        .toString()
        .replaceAll("Servlet-[0-9a-f]+", "Servlet-*");
  }
}
