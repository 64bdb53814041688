package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A state that is known without the application: its tag needs no answer, and 304 may need none.
 */
@Tag("container")
class EarlyAnswerTest {

  private final FilterServer server = new FilterServer();
  private final AtomicInteger runs = new AtomicInteger();
  private String vary = "";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void notModifiedIsAnsweredWithoutTheApplicationWhereTheRuleAllowsIt() throws Exception {
    start("\"earlyNotModified\": true, ");
    String tag = tagOf(server.send("GET", "/c/7"));

    HttpResponse<String> second = server.send("GET", "/c/7", "If-None-Match", tag);

    assertEquals(304, second.statusCode());
    assertEquals(tag, tagOf(second));
    assertEquals(1, runs.get());
  }

  @Test
  void whatWasWrittenSinceIsShown() throws Exception {
    start("\"earlyNotModified\": true, ");
    String tag = tagOf(server.send("GET", "/c/7"));
    server.send("PUT", "/c/7");

    HttpResponse<String> second = server.send("GET", "/c/7", "If-None-Match", tag);

    assertEquals(200, second.statusCode());
    assertNotEquals(tag, tagOf(second));
  }

  @Test
  void elsewhereTheApplicationIsAlwaysAsked() throws Exception {
    start("");
    String tag = tagOf(server.send("GET", "/c/7"));
    assertEquals(304, server.send("GET", "/c/7", "If-None-Match", tag).statusCode());
    assertEquals(2, runs.get());
  }

  @Test
  void theApplicationChoosesAmongVariants() throws Exception {
    vary = "Accept-Language";
    start("\"earlyNotModified\": true, ");
    String tag = tagOf(server.send("GET", "/c/7"));
    assertEquals(304, server.send("GET", "/c/7", "If-None-Match", tag).statusCode());
    assertEquals(2, runs.get());
  }

  @Test
  void anAsteriskAndOtherPreconditionsAreJudgedAfterTheApplication() throws Exception {
    start("\"earlyNotModified\": true, ");
    String tag = tagOf(server.send("GET", "/c/7"));
    server.send("GET", "/c/7", "If-None-Match", "*");
    assertEquals(2, runs.get());
    assertEquals(412, server.send("GET", "/c/7", "If-Match", "\"other\"").statusCode());
    assertEquals(200, server.send("GET", "/c/7", "If-Match", tag).statusCode());
    assertEquals(4, runs.get());
  }

  private void start(String early) throws Exception {
    server
        .rules(
            "{\"rules\": [{\"name\": \"c\", \"read\": \"/c/{id}\", \"write\": \"/c/{id}\", "
                + early
                + "\"tag\": \"counter\"}]}")
        .filter(new ConflictFilter())
        .handle(
            "/c/*",
            (request, response) -> {
              if (request.getMethod().equals("GET")) {
                runs.incrementAndGet();
                response.setContentType("application/json");
                if (!vary.isEmpty()) {
                  response.setHeader("Vary", vary);
                }
                response.getWriter().print("{}");
              } else {
                response.setStatus(204);
              }
            })
        .start();
  }

  private static String tagOf(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElse("none");
  }
}
