package io.github.conflictguard.servlet.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.response.Clients;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubmittedFormsWaitersTest {

  private final WaiterLimit waiters = new WaiterLimit(4);
  private final SubmittedForms forms = new SubmittedForms(1024, waiters);
  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    others.shutdownNow();
    assertEquals(0, waiters.waiting());
  }

  @Test
  void onlySomeRepetitionsWaitForTheFirst() throws Exception {
    Submission first = forms.enter(Clients.of("a"), "id", "content", 0);
    assertNotNull(first);
    ExecutorCompletionService<Submission> again = new ExecutorCompletionService<>(others);
    for (int i = 0; i < 2; i++) {
      again.submit(() -> forms.enter(Clients.of("a"), "id", "content", 60_000));
    }
    while (waiters.waiting() < 2) {
      Thread.onSpinWait();
    }
    assertNull(forms.enter(Clients.of("a"), "id", "content", 3_600_000));
    first.failed();
    for (int i = 0; i < 2; i++) {
      // One of the two becomes the first one, and the other waits for it.
      Submission next = again.take().get();
      assertTrue(next.isFirst());
      next.failed();
    }
  }
}
