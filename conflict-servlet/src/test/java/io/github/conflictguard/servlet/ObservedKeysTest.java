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
