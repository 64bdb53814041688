package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a held answer reaches the client, and what differs on purpose because it was held. */
@Tag("container")
class HeldAnswerTest {

  private final FilterServer server = new FilterServer();
  private final CountDownLatch seen = new CountDownLatch(1);

  @AfterEach
  void stop() throws Exception {
    seen.countDown();
    server.close();
  }

  @Test
  void eventsReachTheClientAtOnce() throws Exception {
    start(
        (request, response) -> {
          response.setContentType("text/event-stream");
          PrintWriter out = response.getWriter();
          out.write("data: 1\n\n");
          out.flush();
          seen.await();
          out.write("data: 2\n\n");
        });
    try (RawClient client = ask()) {
      client.readUntil("data: 1\n\n");
      seen.countDown();
      client.readUntil("data: 2\n\n");
    }
  }

  @Test
  void whatWasFlushedReachesTheClientAsSoonAsMoreIsWritten() throws Exception {
    start(
        (request, response) -> {
          PrintWriter out = json(response);
          out.write("[1,");
          out.flush();
          out.write("2,");
          seen.await();
          out.write("3]");
        });
    try (RawClient client = ask()) {
      client.readUntil("[1,");
      seen.countDown();
      client.readUntil("3]");
    }
  }

  @Test
  void aFlushedResponseReachesTheClientAtOnce() throws Exception {
    start(
        (request, response) -> {
          json(response).write("[1,");
          response.flushBuffer();
          seen.await();
          response.getWriter().write("2]");
        });
    try (RawClient client = ask()) {
      client.readUntil("[1,");
      seen.countDown();
      client.readUntil("2]");
    }
  }

  @Test
  void aClosedAnswerReachesTheClientWhileTheServletWorksOn() throws Exception {
    start(
        (request, response) -> {
          json(response).write("[1]");
          response.getWriter().close();
          seen.await();
        });
    try (RawClient client = ask()) {
      RawAnswer answer = client.answer("GET");
      assertEquals("[1]", answer.text());
      assertNotNull(answer.header("ETag"));
    }
  }

  @Test
  void aClosedAnswerThatTheClientHasIsNotModified() throws Exception {
    start(
        (request, response) -> {
          response.setContentType("application/json");
          response.getOutputStream().print("[1]");
          response.getOutputStream().close();
          response.setHeader("X-Late", "1");
        });
    String tag;
    try (RawClient client = ask()) {
      tag = client.answer("GET").header("ETag");
    }
    try (RawClient client = ask("If-None-Match: " + tag)) {
      RawAnswer answer = client.answer("GET");
      assertTrue(answer.statusLine().startsWith("HTTP/1.1 304"), answer.toString());
      assertNull(answer.header("X-Late"));
      assertEquals(tag, answer.header("ETag"));
      assertTrue(client.answersAgain());
    }
    try (RawClient client = ask("If-Match: \"x\"")) {
      RawAnswer answer = client.answer("GET");
      assertTrue(answer.statusLine().startsWith("HTTP/1.1 412"), answer.toString());
      assertTrue(client.answersAgain());
    }
  }

  /** Without the filter the client gets half of a 200, because the container's buffer is full. */
  @Test
  void aFailureAfterMuchHeldOutputIsACleanError() throws Exception {
    start(
        (request, response) -> {
          json(response).write("x".repeat(100_000));
          throw new IllegalStateException("x");
        });
    try (RawClient client = ask()) {
      RawAnswer answer = client.answer("GET");
      assertTrue(answer.statusLine().startsWith("HTTP/1.1 500"), answer.statusLine());
      assertNull(answer.header("ETag"));
    }
  }

  /** Without the filter the flush has committed the answer. */
  @Test
  void anAnswerWhoseFlushIsPutOffCanStillBecomeAnother() throws Exception {
    start(
        (request, response) -> {
          json(response).write("[1");
          response.getWriter().flush();
          response.reset();
          response.setStatus(500);
        });
    try (RawClient client = ask()) {
      RawAnswer answer = client.answer("GET");
      assertTrue(answer.statusLine().startsWith("HTTP/1.1 500"), answer.statusLine());
      assertEquals("", answer.text());
    }
  }

  @Test
  void headHasTheTagOfGet() throws Exception {
    start((request, response) -> json(response).write("[1]"));
    String tag;
    try (RawClient client = ask()) {
      tag = client.answer("GET").header("ETag");
    }
    try (RawClient client = new RawClient(server.port()).ask("HEAD", "/held", "HTTP/1.1")) {
      assertEquals(tag, client.answer("HEAD").header("ETag"));
    }
  }

  @Test
  void aTagThatAReadGaveIsKnownToAWriteWhateverTheCharacters() throws Exception {
    server
        .filter(new ConflictFilter(), Map.of("bufferLimit", "1000"))
        .handle("/again", (request, response) -> response.setStatus(204))
        .handle(
            "/held",
            (request, response) -> {
              if (request.getMethod().equals("GET")) {
                response.setCharacterEncoding("UTF-8");
                json(response).write("\u00fc".repeat(500));
              } else {
                response.setStatus(204);
              }
            })
        .start();
    String tag;
    try (RawClient client = ask()) {
      tag = client.answer("GET").header("ETag");
    }
    assertNotNull(tag);
    try (RawClient client = new RawClient(server.port())) {
      client.ask("DELETE", "/held", "HTTP/1.1", "If-Match: " + tag);
      assertTrue(client.answer("DELETE").statusLine().startsWith("HTTP/1.1 204"));
    }
  }

  private void start(Handler handler) throws Exception {
    server
        .filter(new ConflictFilter())
        .handle("/held", handler)
        .handle("/again", (request, response) -> response.setStatus(204))
        .start();
  }

  private RawClient ask(String... headers) throws IOException {
    return new RawClient(server.port()).ask("GET", "/held", "HTTP/1.1", headers);
  }

  private static PrintWriter json(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    return response.getWriter();
  }
}
