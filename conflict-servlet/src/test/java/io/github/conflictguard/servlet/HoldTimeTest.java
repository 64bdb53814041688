package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow responses reach the client though the application does not flush them. */
@Tag("container")
class HoldTimeTest {

  private static final String COUNTER =
      "{\"rules\": [{\"name\": \"c\", \"read\": \"/*\", \"tag\": \"counter\"}]}";
  private static final String FORMS =
      "{\"rules\": [{\"name\": \"f\", \"read\": \"/*\", \"write\": \"POST /save\","
          + " \"tag\": \"form\"}]}";

  private final FilterServer server = new FilterServer().withDefaults();
  private final CountDownLatch seen = new CountDownLatch(1);
  private boolean stopped;

  @AfterEach
  void stop() throws Exception {
    seen.countDown();
    if (!stopped) {
      stopped = true;
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "observe"})
  void slowAnswerReachesTheClientWhileItIsWritten(String mode) throws Exception {
    start(mode, (request, response) -> writeUntilSeen(json(response)));
    assertSeenEarly(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "observe"})
  void slowAnswerReachesTheClientWhileTheApplicationPauses(String mode) throws Exception {
    start(
        mode,
        (request, response) -> {
          PrintWriter out = json(response);
          out.write("first" + "x".repeat(100_000));
          await();
          out.write("last");
        });
    assertSeenEarly(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "observe"})
  void flushedPartReachesTheClientThoughNothingFollows(String mode) throws Exception {
    start(
        mode,
        (request, response) -> {
          PrintWriter out = json(response);
          out.write("first");
          out.flush();
          await();
          out.write("last");
        });
    assertSeenEarly(false);
  }

  @Test
  void singleLargeWriteToTheStreamReachesTheClientInAPause() throws Exception {
    start(
        "protect",
        (request, response) -> {
          response.setContentType("application/json");
          ServletOutputStream out = response.getOutputStream();
          out.write(("first" + "x".repeat(40_000)).getBytes());
          await();
          out.write("last".getBytes());
        });
    assertSeenEarly(false);
  }

  @Test
  void slowAnswerOfAKnownStateKeepsItsTag() throws Exception {
    server.rules(COUNTER);
    start("protect", (request, response) -> writeUntilSeen(json(response)));
    assertSeenEarly(true);
  }

  @Test
  void slowPageWithFormsReachesTheClientWhileItIsWritten() throws Exception {
    server.rules(FORMS);
    start(
        "protect",
        (request, response) -> {
          response.setContentType("text/html;charset=UTF-8");
          writeUntilSeen(response.getWriter());
        });
    assertSeenEarly();
  }

  @Test
  void slowAsynchronousAnswerReachesTheClientWhileItIsWritten() throws Exception {
    start(
        "protect",
        (request, response) -> {
          AsyncContext context = request.startAsync();
          context.start(
              () -> {
                try {
                  writeUntilSeen(json((HttpServletResponse) context.getResponse()));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                context.complete();
              });
        });
    assertSeenEarly(false);
  }

  /**
   * Another thread may not commit what a filter in front has wrapped: it may store its thread's.
   */
  @Test
  void responseOfAnotherFilterIsReleasedByTheApplicationsThread() throws Exception {
    Thread[] committing = new Thread[2];
    server.filter(
        (request, response, chain) -> {
          committing[0] = Thread.currentThread();
          chain.doFilter(request, noting((HttpServletResponse) response, committing));
        });
    start("protect", (request, response) -> writeUntilSeen(json(response)));
    assertSeenEarly(false);
    assertEquals(committing[0], committing[1]);
  }

  private static HttpServletResponse noting(HttpServletResponse response, Thread[] threads) {
    return new HttpServletResponseWrapper(response) {
      @Override
      public PrintWriter getWriter() throws java.io.IOException {
        PrintWriter out = super.getWriter();
        return new PrintWriter(out) {
          @Override
          public void write(char[] chars, int offset, int length) {
            threads[1] = Thread.currentThread();
            super.write(chars, offset, length);
          }
        };
      }
    };
  }

  @Test
  void whatTheContainerCollectsIsHeldWithoutATimeLimit() throws Exception {
    server
        .filter(new ConflictFilter(), Map.of("holdMillis", "0"))
        .handle("/small", (request, response) -> json(response).write("[1]"))
        .handle("/slow", (request, response) -> json(response).write("x".repeat(100_000)))
        .start();
    try (RawClient client = new RawClient(server.port())) {
      assertNotNull(client.ask("GET", "/small", "HTTP/1.1").answer("GET").header("ETag"));
    }
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer answer = client.ask("GET", "/slow", "HTTP/1.1").answer("GET");
      assertEquals(100_000, answer.text().length());
      assertNull(answer.header("ETag"));
    }
  }

  /** A response that the container would still have can become another one. */
  @Test
  void whatIsReleasedInAPauseCouldNotBeTakenBackAnyway() throws Exception {
    start(
        "protect",
        (request, response) -> {
          json(response).write("x".repeat(4_000));
          response.getWriter().flush();
          assertFalse(response.isCommitted());
          seen.countDown();
          response.reset();
          request.getSession();
          json(response).write("firstlast");
        });
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer answer = client.ask("GET", "/slow", "HTTP/1.1").answer("GET");
      assertEquals("firstlast", answer.text());
      assertNotNull(answer.header("Set-Cookie"));
    }
  }

  @Test
  void destroyedFilterLeavesNoThread() throws Exception {
    slowAnswerReachesTheClientWhileTheApplicationPauses("protect");
    assertTrue(threads() > 0);
    stop();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("conflict-guard-")) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    }
    assertEquals(0, threads());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("conflict-guard-"))
        .count();
  }

  private void writeUntilSeen(PrintWriter out) throws InterruptedException {
    out.write("first");
    for (int piece = 0; piece < 1_000 && !seen.await(5, TimeUnit.MILLISECONDS); piece++) {
      out.write("x".repeat(1_000));
    }
    out.write("last");
  }

  private void await() throws InterruptedException {
    assertTrue(seen.await(30, TimeUnit.SECONDS), "nothing reaches the client");
  }

  private void start(String mode, Handler handler) throws Exception {
    server
        .filter(new ConflictFilter(), Map.of("mode", mode, "holdMillis", "50"))
        .handle("/slow", handler)
        .handle("/again", (request, response) -> response.setStatus(204))
        .start();
  }

  private void assertSeenEarly(boolean tagged) throws Exception {
    String head = assertSeenEarly();
    assertEquals(tagged, head.toLowerCase(java.util.Locale.ROOT).contains("etag:"), head);
  }

  private String assertSeenEarly() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.ask("GET", "/slow", "HTTP/1.1", "Connection: close");
      String head = client.readUntil("first");
      boolean open = seen.getCount() > 0;
      seen.countDown();
      client.readUntil("last");
      assertTrue(open);
      return head;
    }
  }

  private static PrintWriter json(HttpServletResponse response) throws java.io.IOException {
    response.setContentType("application/json");
    return response.getWriter();
  }
}
