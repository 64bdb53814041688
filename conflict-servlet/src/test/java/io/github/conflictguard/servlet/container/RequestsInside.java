package io.github.conflictguard.servlet.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.concurrent.TimeUnit;

/** How many requests have not yet left all filters: a client may have its answer before that. */
final class RequestsInside implements ServletRequestListener {

  private int count;

  @Override
  public synchronized void requestInitialized(ServletRequestEvent event) {
    count++;
  }

  @Override
  public synchronized void requestDestroyed(ServletRequestEvent event) {
    count--;
    notifyAll();
  }

  synchronized void awaitNone() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (count > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.timedWait(this, 1000);
    }
    assertTrue(count == 0, count + " requests are still inside");
  }
}
