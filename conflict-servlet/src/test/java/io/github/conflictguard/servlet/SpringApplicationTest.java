package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import io.github.conflictguard.servlet.spring.FormPage;
import io.github.conflictguard.servlet.spring.SecurityChain;
import io.github.conflictguard.servlet.spring.SessionFilter;
import io.github.conflictguard.servlet.spring.SpringMvc;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An application made of Spring answers the same with the guard in front of Spring Security and
 * Spring Session, behind them, and between them.
 */
@Tag("container")
class SpringApplicationTest {

  private static final boolean TOMCAT =
      System.getProperty("test.container", "jetty").equals("tomcat");
  private static final List<String> PATHS =
      List.of(
          "json",
          "text",
          "entity",
          "large",
          "missing",
          "feed",
          "bytes",
          "page",
          "forward/json",
          "forward/feed",
          "forward/bytes",
          "redirect",
          "session",
          "error");

  private static final Map<String, String> RULES =
      Map.of(
          "none", "{\"rules\": []}",
          "forms",
              "{\"rules\": [{\"name\": \"f\", \"read\": \"/*\", \"write\": \"POST /save\","
                  + " \"tag\": \"form\"}]}",
          "counter", "{\"rules\": [{\"name\": \"c\", \"read\": \"/*\", \"tag\": \"counter\"}]}",
          "body", "{\"rules\": [{\"name\": \"b\", \"read\": \"/*\"}]}");

  @ParameterizedTest(name = "guard at {0}, rules: {1}, {2}")
  @CsvSource({
    "0, none, protect", "0, none, observe", "0, forms, protect", "0, counter, protect",
    "0, body, protect", "1, none, protect", "1, none, observe", "1, forms, protect",
    "2, none, protect", "2, none, observe", "2, forms, protect", "2, counter, protect",
    "2, body, protect", "2, body, observe"
  })
  void theAnswersOfSpringStayWhole(int place, String rules, String mode) throws Exception {
    List<String> plain = new ArrayList<>();
    List<String> guarded = new ArrayList<>();
    try (FilterServer alone = application(-1, rules, mode);
        FilterServer both = application(place, rules, mode)) {
      for (String caching : List.of("stored", "unstored")) {
        for (String path : PATHS) {
          for (String method : List.of("GET", "HEAD", "POST")) {
            String target = "/mvc/" + caching + '/' + path;
            plain.add(answer(alone, method, target));
            guarded.add(answer(both, method, target));
          }
        }
      }
      if (mode.equals("protect") && !rules.equals("forms")) {
        assertConditional(both, rules);
      }
    }
    for (int i = 0; i < plain.size(); i++) {
      assertEquals(comparable(plain.get(i)), comparable(guarded.get(i)));
    }
  }

  /**
   * After a forward Tomcat 11 sends its own response, through all wrappers: without the guard the
   * headers that Spring Security sets last are missing.
   */
  private static String comparable(String answer) {
    boolean forward = answer.contains("/page\n") || answer.contains("/forward/");
    return TOMCAT && forward
        ? answer.replaceAll("(?m)^(X-Frame-.*|X-Content-.*|Cache-.*|Pragma:.*|Expires:.*)\n", "")
        : answer;
  }

  /** Guards against a test in which the guard has nothing to do. */
  private static void assertConditional(FilterServer server, String rules) throws Exception {
    String tag;
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer read = client.ask("GET", "/mvc/stored/json", "HTTP/1.1").answer("GET");
      tag = read.header("ETag");
      assertNotNull(tag, rules + read.headers());
    }
    try (RawClient client = new RawClient(server.port())) {
      client.ask("GET", "/mvc/stored/json", "HTTP/1.1", "If-None-Match: " + tag);
      RawAnswer again = client.answer("GET");
      assertTrue(again.statusLine().startsWith("HTTP/1.1 304"), again.statusLine());
      assertTrue(client.answersAgain());
    }
  }

  private static FilterServer application(int place, String rules, String mode) throws Exception {
    FilterServer server = new FilterServer().rules(RULES.get(rules));
    List<Supplier<Filter>> filters = List.of(SessionFilter::new, SecurityChain::new);
    for (int i = 0; i <= filters.size(); i++) {
      if (i == place) {
        server.filter(new ConflictFilter(), Map.of("mode", mode, "holdMillis", "60000"));
      }
      if (i < filters.size()) {
        server.filter(filters.get(i).get());
      }
    }
    return server
        .servlet("/mvc/*", new SpringMvc())
        .servlet("/plain/form", new FormPage())
        .handle("/again", (request, response) -> response.setStatus(204))
        .start();
  }

  private static String answer(FilterServer server, String method, String path) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      String length = method.equals("POST") ? "Content-Length: 0" : "X-Nothing: to say";
      RawAnswer answer = client.ask(method, path, "HTTP/1.1", length).answer(method);
      StringBuilder text = new StringBuilder(method).append(' ').append(path).append('\n');
      text.append(answer.statusLine()).append('\n');
      for (String line : answer.headers()) {
        if (!line.matches("(?i)(Date|ETag|Content-Length|Transfer-Encoding): .*")) {
          text.append(line.replaceAll("SESSION(ID)?=[^;]+", "SESSION=*")).append('\n');
        }
      }
      String body = answer.text();
      assertFalse(body.isEmpty() && path.endsWith("/json") && method.equals("GET"), body);
      assertTrue(client.answersAgain(), method + path);
      assertFalse(answer.statusLine().contains(" 500"), body);
      return text.append(body.replaceAll("<input type=.?hidden[^>]*_conflictguard[^>]*>", ""))
          .append('\n')
          .toString()
          .replace(":" + server.port() + "/", ":port/");
    }
  }
}
