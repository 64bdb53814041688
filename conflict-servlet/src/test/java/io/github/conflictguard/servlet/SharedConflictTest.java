package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.servlet.container.FilterServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance that an application throws again and again is a conflict each time. */
@Tag("container")
class SharedConflictTest {

  private static final ConflictException SHARED =
      new ConflictException(ConflictKind.LOCKED, "made once");
  private static final GuardPolicy TWICE =
      GuardPolicy.builder().handler("a#b()").retry(2, 0, 0, 0, 60_000).build();

  private final AtomicInteger runs = new AtomicInteger();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void sharedConflictIsAnsweredAndRepeatedInEachRequest() throws Exception {
    server
        .filter(new ConflictFilter(), Map.of())
        .handle(
            "/plain",
            (request, response) -> {
              throw SHARED;
            })
        .handle("/repeated", (request, response) -> ConflictGuard.run(TWICE, this::fail))
        .start();
    for (int request = 1; request <= 3; request++) {
      assertEquals(409, server.send("POST", "/plain").statusCode());
      assertEquals(409, server.send("POST", "/repeated").statusCode());
      assertEquals(2 * request, runs.get());
    }
  }

  private void fail() {
    runs.incrementAndGet();
    throw SHARED;
  }
}
