package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of idempotency keys in each mode: counted, or nothing at all. */
@Tag("container")
class ObservedKeysTest {

  private final AtomicInteger executed = new AtomicInteger();
  private final List<ConflictEvent> events = new CopyOnWriteArrayList<>();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"observe, true", "off, true", "protect, false"})
  void everyRequestIsExecutedWhereTheFilterDoesNotProtect(String mode, String enabled)
      throws Exception {
    start(mode, enabled);
    send("/orders", "{}");
    send("/orders", "{}", "Idempotency-Key", "a,b");
    send("/orders", "{}", "Idempotency-Key", "k");
    send("/orders", "{}", "Idempotency-Key", "k");
    send("/orders?x=1", "{}", "Idempotency-Key", "k");
    assertEquals(5, executed.get());
    server.awaitIdle();
    if (mode.equals("observe")) {
      assertEquals(
          List.of("idempotency-key-missing", "idempotency-key-malformed", "idempotency-key-reused"),
          events.stream().map(event -> event.kind()).toList());
      events.forEach(event -> assertFalse(event.isAnswered()));
    } else {
      assertEquals(List.of(), events);
    }
  }

  @Test
  void theSameHourGivesTheSameNumbersInBothModes() throws Exception {
    Numbers sent = hourOf("protect");
    Numbers observed = hourOf("observe");
    assertEquals(sent, observed);
    assertEquals(
        List.of(
            "idempotency-key-missing",
            "idempotency-key-malformed",
            "idempotency-key-reused",
            "stale-version",
            "stale-version"),
        observed.kinds());
    assertEquals(
        "replayedWrites=1 failedPreconditions=2 missingPreconditions=0 unguardedWrites=0"
            + " lostUpdates=0 undecidedWrites=0 requests=8",
        observed.counts());
  }

  private static Numbers hourOf(String mode) throws Exception {
    ObservedKeysTest another = new ObservedKeysTest();
    try {
      return another.hour(mode);
    } finally {
      another.stop();
    }
  }

  /** Writes whose key decides, with a precondition that would be decided otherwise. */
  private Numbers hour(String mode) throws Exception {
    String tag = tagOfFirstText();
    server
        .rules(
            """
            {"rules": [{"name": "n", "read": "/note", "write": "/note", "tag": "body",
             "allowInternalGet": true, "required": true, "idempotencyKey": "required"}]}
            """)
        .attribute(ConflictFilter.LISTENERS, (ConflictListener) events::add)
        .filter(new ConflictFilter(), Map.of("mode", mode))
        .handle("/note", new Note("first"))
        .start();
    server.send("GET", "/note");
    server.sendBody("PUT", "/note", "2", "Idempotency-Key", "k", "If-Match", tag);
    server.sendBody("PUT", "/note", "2", "Idempotency-Key", "k", "If-Match", tag);
    server.sendBody("PUT", "/note", "3");
    server.sendBody("PUT", "/note", "3", "Idempotency-Key", "a,b");
    server.sendBody("PUT", "/note?x=1", "2", "Idempotency-Key", "k", "If-Match", tag);
    server.sendBody("PUT", "/note", "4", "Idempotency-Key", "l", "If-Match", tag);
    server.sendBody("PUT", "/note", "4", "Idempotency-Key", "l", "If-Match", tag);
    server.awaitIdle();
    return new Numbers(
        events.stream().map(event -> event.kind()).toList(),
        JmxCounts.like(
            "replayedWrites= failedPreconditions= missingPreconditions= unguardedWrites="
                + " lostUpdates= undecidedWrites= requests="));
  }

  /** Returns the tag that mode protect gives the text, which mode observe does not send. */
  private static String tagOfFirstText() throws Exception {
    FilterServer first = new FilterServer();
    try {
      first
          .filter(new ConflictFilter(), Map.of("mode", "protect"))
          .handle("/note", new Note("first"))
          .start();
      return first.send("GET", "/note").headers().firstValue("ETag").orElseThrow();
    } finally {
      first.close();
    }
  }

  /** What a mode has reported and counted. */
  private record Numbers(List<String> kinds, String counts) {}

  private void start(String mode, String enabled) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "o", "write": "/orders", "tag": "none",
             "idempotencyKey": "required", "once": true}]}
            """)
        .attribute(ConflictFilter.LISTENERS, (ConflictListener) events::add)
        .filter(new ConflictFilter(), Map.of("mode", mode, "enabled", enabled))
        .handle(
            "/orders",
            (request, response) -> {
              response.setStatus(201);
              response
                  .getWriter()
                  .print(
                      new String(request.getInputStream().readAllBytes())
                          + executed.incrementAndGet());
            })
        .start();
  }

  private void send(String path, String body, String... headers) throws Exception {
    int number = executed.get() + 1;
    HttpResponse<String> response = server.sendBody("POST", path, body, headers);
    assertEquals(201, response.statusCode());
    assertEquals(body + number, response.body());
    assertEquals("", response.headers().firstValue("Idempotent-Replayed").orElse(""));
  }
}
