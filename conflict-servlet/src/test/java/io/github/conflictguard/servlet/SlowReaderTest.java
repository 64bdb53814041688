package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No lock is held while an answer is sent. A filter in front stands for a client that reads slowly.
 */
@Tag("container")
@Timeout(120)
class SlowReaderTest {

  private final Note note = new Note("{\"n\":0}");
  private final CountDownLatch sending = new CountDownLatch(1);
  private final CountDownLatch maySend = new CountDownLatch(1);
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final FilterServer server = new FilterServer();

  @BeforeEach
  void start() throws Exception {
    Filter slowClients =
        (request, response, chain) -> {
          boolean slow =
              request.getDispatcherType() == DispatcherType.REQUEST
                  && ((HttpServletRequest) request).getHeader("X-Slow") != null;
          chain.doFilter(
              request, slow ? new SlowResponse((HttpServletResponse) response) : response);
        };
    server
        .filter(slowClients)
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "0"))
        .handle(
            "/note",
            (request, response) -> {
              if (request.getHeader("X-Refused") != null) {
                response.setStatus(403);
                response.getOutputStream().print("refused");
                return;
              }
              note.handle(request, response);
              if (request.getMethod().equals("PUT")) {
                response.setStatus(200);
                response.getOutputStream().print("stored");
              }
            })
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    maySend.countDown();
    server.close();
    pool.shutdown();
  }

  @Test
  void theAnswerToAWriteIsSentWithoutTheLock() throws Exception {
    Future<HttpResponse<String>> slow =
        inBackground("If-Match", "*", "Idempotency-Key", "k1", "X-Slow", "1");
    assertOthersWrite();
    assertEquals("stored", slow.get().body());
  }

  @Test
  void aReplayedAnswerIsSentWithoutTheLock() throws Exception {
    String tag = server.send("GET", "/note").headers().firstValue("ETag").orElseThrow();
    String[] headers = {"If-Match", tag, "Idempotency-Key", "k1"};
    assertEquals(200, server.sendBody("PUT", "/note", "{\"n\":1}", headers).statusCode());
    Future<HttpResponse<String>> again =
        inBackground("If-Match", tag, "Idempotency-Key", "k1", "X-Slow", "1");
    assertOthersWrite();
    assertEquals("true", again.get().headers().firstValue("Idempotent-Replayed").orElse(""));
  }

  @Test
  void aRefusalIsSentWithoutTheLock() throws Exception {
    Future<HttpResponse<String>> slow = inBackground("If-Match", "\"old\"", "X-Slow", "1");
    assertOthersWrite();
    assertEquals(412, slow.get().statusCode());
  }

  @Test
  void whatTheApplicationAnswersToTheQuestionForItsStateIsSentWithoutTheLock() throws Exception {
    Future<HttpResponse<String>> slow =
        inBackground("If-Match", "\"old\"", "X-Refused", "1", "X-Slow", "1");
    assertOthersWrite();
    assertEquals(403, slow.get().statusCode());
  }

  private void assertOthersWrite() throws Exception {
    assertTrue(sending.await(60, TimeUnit.SECONDS));
    HttpResponse<String> other = server.sendBody("PUT", "/note", "{\"n\":2}", "If-Match", "*");
    assertEquals(200, other.statusCode(), other.body());
    maySend.countDown();
  }

  private Future<HttpResponse<String>> inBackground(String... headers) {
    return pool.submit(() -> server.sendBody("PUT", "/note", "{\"n\":1}", headers));
  }

  /** Takes nothing until it may. */
  private final class SlowResponse extends HttpServletResponseWrapper {

    SlowResponse(HttpServletResponse response) {
      super(response);
    }

    private void awaitReader() throws IOException {
      sending.countDown();
      try {
        maySend.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    @Override
    public void sendError(int status) throws IOException {
      awaitReader();
      super.sendError(status);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      ServletOutputStream containers = super.getOutputStream();
      return new ServletOutputStream() {
        @Override
        public void write(int b) throws IOException {
          awaitReader();
          containers.write(b);
        }

        @Override
        public boolean isReady() {
          return containers.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          containers.setWriteListener(listener);
        }
      };
    }
  }
}
