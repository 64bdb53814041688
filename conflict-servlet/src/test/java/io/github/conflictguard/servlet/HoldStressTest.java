package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The timer releases responses while their applications do everything with them. */
@Tag("container")
class HoldStressTest {

  private static final int CLIENTS = 16;
  private static final int ANSWERS = 25;

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void everyByteOfManySlowAnswersArrivesOnceAndInOrder() throws Exception {
    server
        .filter(new ConflictFilter(), Map.of("holdMillis", "1"))
        .handle("/slow", HoldStressTest::answer)
        .start();
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int first = i * ANSWERS;
      clients.add(
          () -> {
            read(first);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      for (Future<Void> done : threads.invokeAll(clients)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** On one connection: a byte too much or too few would spoil the next answer. */
  private void read(int first) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      for (int seed = first; seed < first + ANSWERS; seed++) {
        RawAnswer answer = client.ask("GET", "/slow?" + seed, "HTTP/1.1").answer("GET");
        assertEquals("HTTP/1.1 200", answer.statusLine().substring(0, 12));
        assertEquals(String.join("", parts(seed)), answer.text(), "seed " + seed);
      }
    }
  }

  private static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int seed = Integer.parseInt(request.getQueryString());
    Random random = new Random(-seed);
    response.setContentType("application/json");
    for (String part : parts(seed)) {
      if (seed % 2 == 0) {
        response.getWriter().write(part);
      } else {
        response.getOutputStream().write(part.getBytes());
      }
      act(random.nextInt(8), request, response);
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(4_000)));
      act(random.nextInt(8), request, response);
    }
  }

  private static void act(int what, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (what) {
      case 0 -> response.setHeader("X-Any", Integer.toString(what));
      case 1 -> response.getHeaderNames().forEach(response::getHeader);
      case 2 -> response.addHeader("X-More", "1");
      case 3 -> {
        if (!response.isCommitted()) {
          response.setStatus(200);
        }
      }
      case 4 -> {
        if (request.getQueryString().endsWith("1")) {
          response.getOutputStream().flush();
        }
      }
      case 5 -> request.getSession(false);
      default -> response.isCommitted();
    }
  }

  private static List<String> parts(int seed) {
    Random random = new Random(seed);
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(10); i >= 0; i--) {
      int length = random.nextInt(4) == 0 ? random.nextInt(40_000) : random.nextInt(2_000);
      parts.add(Character.toString('a' + random.nextInt(26)).repeat(length) + '.');
    }
    return parts;
  }
}
