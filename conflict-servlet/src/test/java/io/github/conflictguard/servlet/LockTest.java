package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.AsyncContext;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Check and write are one step for each resource. */
@Tag("container")
class LockTest {

  private final Note note = new Note("{\"n\":0}");
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayLeave = new CountDownLatch(1);
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    mayLeave.countDown();
    server.close();
    pool.shutdown();
  }

  @Test
  void aConditionalWriteWaitsForARunningOneAndGivesUpAsLocked() throws Exception {
    startSlow(Map.of("lockTimeoutMillis", "1"));
    Future<HttpResponse<String>> first = inBackground("PUT", "If-Match", "*");
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    for (String path : new String[] {"/note", "/note/", "/%6eote", "/note?notify=1", "/note;v=1"}) {
      HttpResponse<String> second = server.send("PUT", path, "If-Match", "*");
      assertEquals(409, second.statusCode(), path);
      assertEquals("locked", new ObjectMapper().readTree(second.body()).get("kind").asText(), path);
      assertTrue(second.headers().firstValue("Retry-After").isPresent());
    }
    assertEquals(200, server.send("GET", "/note").statusCode(), "reads take no lock");
    mayLeave.countDown();
    assertEquals(204, first.get().statusCode());
    assertEquals(204, server.send("PUT", "/note", "If-Match", "*").statusCode());
  }

  @Test
  void aWriteWithoutPreconditionWaitsForAConditionalOneAndNotForItsLike() throws Exception {
    startSlow(Map.of("lockTimeoutMillis", "1"));
    Future<HttpResponse<String>> first = inBackground("PUT");
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    assertEquals(204, server.sendBody("POST", "/note", "{}").statusCode());
    assertEquals(409, server.send("PUT", "/note", "If-Match", "*").statusCode());
    mayLeave.countDown();
    assertEquals(204, first.get().statusCode());
  }

  @Test
  void anAsynchronousWriteKeepsTheLockUntilItIsComplete() throws Exception {
    CompletableFuture<AsyncContext> started = new CompletableFuture<>();
    server
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "1"))
        .handle(
            "/note",
            (request, response) -> {
              if (request.getMethod().equals("PUT") && !started.isDone()) {
                AsyncContext context = request.startAsync();
                context.setTimeout(0);
                started.complete(context);
              } else {
                note.handle(request, response);
              }
            })
        .start();
    Future<HttpResponse<String>> first = inBackground("PUT", "If-Match", "*");
    AsyncContext context = started.get(30, TimeUnit.SECONDS);
    assertEquals(409, server.send("PUT", "/note", "If-Match", "*").statusCode());
    context.complete();
    assertEquals(200, first.get().statusCode());
    assertEquals(204, eventually204());
  }

  @Test
  void anAsynchronousWriteThatIsNeverCompletedLosesItsLock() throws Exception {
    CompletableFuture<AsyncContext> started = new CompletableFuture<>();
    server
        .rules(
            "{\"rules\": [{\"name\": \"notes\", \"read\": \"/note\", \"write\": \"/note\","
                + " \"tag\": \"counter\", \"allowInternalGet\": true}]}")
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "0", "asyncLockMillis", "0"))
        .handle(
            "/note",
            (request, response) -> {
              if (request.getMethod().equals("PUT") && !started.isDone()) {
                AsyncContext context = request.startAsync();
                context.setTimeout(0);
                started.complete(context);
              } else {
                note.handle(request, response);
              }
            })
        .start();
    String before = tag();
    Future<HttpResponse<String>> dead = inBackground("PUT", "If-Match", before);
    AsyncContext context = started.get(30, TimeUnit.SECONDS);
    LogLines log = new LogLines();
    Logger logger = Logger.getLogger("io.github.conflictguard");
    logger.addHandler(log);
    try {
      int status = 409;
      while (status == 409) {
        status = server.send("PUT", "/note", "If-Match", before).statusCode();
      }
      assertEquals(412, status, "the write may have stored something");
      String told = String.join("\n", log.lines);
      assertTrue(
          told.contains("not completed while others waited: rule 'notes', path /app/note"), told);
      assertTrue(told.contains("[async-never-completed]"), told);
    } finally {
      logger.removeHandler(log);
    }
    String after = tag();
    assertEquals(204, server.sendBody("PUT", "/note", "{}", "If-Match", after).statusCode());
    String last = tag();
    context.complete();
    assertEquals(200, dead.get().statusCode());
    server.awaitIdle();
    while (last.equals(tag())) {
      Thread.onSpinWait();
    }
    assertEquals(204, server.send("PUT", "/note", "If-Match", tag()).statusCode());
  }

  private String tag() throws Exception {
    return server.send("GET", "/note").headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void aLockIsReleasedWhenTheApplicationFails() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    server
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "1"))
        .handle(
            "/note",
            (request, response) -> {
              if (request.getMethod().equals("PUT") && attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("m");
              }
              note.handle(request, response);
            })
        .start();
    assertEquals(500, server.send("PUT", "/note", "If-Match", "*").statusCode());
    assertEquals(204, server.send("PUT", "/note", "If-Match", "*").statusCode());
  }

  @Test
  void ofManyWritersWithTheSameTagExactlyOneWinsEachTime() throws Exception {
    server.filter(new ConflictFilter()).handle("/note", note).start();
    for (int round = 1; round <= 50; round++) {
      String tag = server.send("GET", "/note").headers().firstValue("ETag").orElseThrow();
      note.writes.set(0);
      List<Future<HttpResponse<String>>> writers = new ArrayList<>();
      for (int writer = 0; writer < 16; writer++) {
        String body = "{\"n\":\"" + round + "/" + writer + "\"}";
        writers.add(pool.submit(() -> server.sendBody("PUT", "/note", body, "If-Match", tag)));
      }
      int won = 0;
      for (Future<HttpResponse<String>> writer : writers) {
        int status = writer.get().statusCode();
        assertTrue(status == 204 || status == 412, "status " + status);
        won += status == 204 ? 1 : 0;
      }
      assertEquals(1, won);
      assertEquals(1, note.writes.get());
    }
  }

  /** The first write stays inside the application until it is let out; the others run through. */
  private void startSlow(Map<String, String> initParams) throws Exception {
    AtomicInteger writes = new AtomicInteger();
    server
        .filter(new ConflictFilter(), initParams)
        .handle(
            "/note/*",
            (request, response) -> {
              if (request.getMethod().equals("PUT") && writes.incrementAndGet() == 1) {
                entered.countDown();
                mayLeave.await();
              }
              note.handle(request, response);
            })
        .start();
  }

  private Future<HttpResponse<String>> inBackground(String method, String... headers) {
    return pool.submit(() -> server.sendBody(method, "/note", "{}", headers));
  }

  /** The answer may reach the client a moment before the container tells that it is complete. */
  private int eventually204() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      int status = server.send("PUT", "/note", "If-Match", "*").statusCode();
      if (status != 409) {
        return status;
      }
    }
    return 409;
  }
}
