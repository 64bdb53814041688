package io.github.conflictguard.servlet.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that check by themselves and have no lock, behind rules that give them one. */
@Tag("container")
class SerializedWritesTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final AtomicInteger version = new AtomicInteger(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final FilterServer server = new FilterServer();
  private final ExecutorService clients = Executors.newFixedThreadPool(18);

  @AfterEach
  void stop() throws Exception {
    clients.shutdownNow();
    server.close();
  }

  /** Each numbers its order by the last one, as applications do. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "application", "counter", "body"})
  void parallelCreationsWithoutKeyAllSucceed(String tag) throws Exception {
    start("{\"name\": \"new\", \"write\": \"/x\", \"tag\": \"" + tag + "\", \"serialize\": true}");
    assertEquals(18, succeeded(18, ""));
    assertEquals(19, version.get());
  }

  @Test
  void oneOfParallelSavesWithTheSameVersionSucceeds() throws Exception {
    start(
        "{\"name\": \"save\", \"write\": \"/x\","
            + " \"tag\": {\"source\": \"native\", \"field\": \"version\"}}");
    assertEquals(1, succeeded(6, "version=1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application", "{\"source\": \"native\", \"field\": \"version\"}"})
  void oneOfParallelSavesSucceedsWhereTheRuleAsks(String tag) throws Exception {
    String source = tag.startsWith("{") ? tag : '"' + tag + '"';
    start("{\"name\": \"save\", \"write\": \"/x\", \"serialize\": true, \"tag\": " + source + "}");
    assertEquals(1, succeeded(6, "other=1&version=1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void formWhoseVersionWasDroppedIsRefused(String forms) throws Exception {
    server
        .rules(
            "{\"rules\": [{\"name\": \"save\", \"read\": \"/edit\", \"write\": \"/x\","
                + " \"key\": \"x\", \"required\": true, \"forms\": "
                + forms
                + ", \"tag\": {\"source\": \"native\", \"field\": \"version\"}}]}")
        .handle(
            "/edit",
            (request, response) -> {
              response.setContentType("text/html");
              response
                  .getWriter()
                  .print("<form method=post action=x><input name=version value=1></form>");
            });
    start(null);
    String page = server.send("GET", "/edit").body();
    String token = page.replaceFirst("(?s).*name=\"_conflictguard\" value=\"([^\"]*)\".*", "$1");
    String carried = token.equals(page) ? "a=1" : "_conflictguard=" + token;
    assertEquals(forms.equals("true"), !token.equals(page));
    assertEquals(428, post(carried));
    assertEquals(428, post(carried + "&version="));
    assertEquals(428, post(carried + "&versions=1"));
    assertEquals(1, version.get());
    assertEquals(204, post(carried + "&version=1"));
    assertEquals(409, post(carried + "&version=1&again=1"));
    assertEquals(428, upload("?" + carried, "versions", "2"));
    assertEquals(204, upload("?" + carried, "version", "2"));
  }

  private int succeeded(int requests, String body) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      answers.add(
          clients.submit(
              () -> {
                start.await();
                return post(body);
              }));
    }
    start.countDown();
    int succeeded = 0;
    for (Future<Integer> answer : answers) {
      succeeded += answer.get(60, TimeUnit.SECONDS) == 204 ? 1 : 0;
    }
    return succeeded;
  }

  private int post(String body) throws Exception {
    return server.sendBody("POST", "/x", body, "Content-Type", FORM).statusCode();
  }

  private int upload(String query, String field, String value) throws Exception {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--b--\r\n"
            .formatted(field, value);
    return server
        .sendBody("POST", "/x" + query, body, "Content-Type", "multipart/form-data; boundary=b")
        .statusCode();
  }

  /** Reads, lets the others read, and writes: 409 for those that were overtaken. */
  private void start(String rule) throws Exception {
    if (rule != null) {
      server.rules("{\"rules\": [" + rule + "]}");
    }
    server
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "60000"))
        .handle(
            "/x",
            (request, response) -> {
              String sent = request.getParameter("version");
              int read = version.get();
              inside.incrementAndGet();
              for (int i = 0; i < 200_000 && inside.get() == 1; i++) {
                Thread.onSpinWait();
              }
              inside.decrementAndGet();
              boolean current = sent == null || sent.equals(String.valueOf(read));
              boolean stored = current && (sent != null || version.get() == read);
              if (stored) {
                version.set(read + 1);
              }
              response.setStatus(stored ? 204 : 409);
            })
        .start();
  }
}
