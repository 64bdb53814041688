package io.github.conflictguard.resource;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lock that somebody holds. Closing it releases the lock; closing it again does nothing. Any
 * thread may close it.
 */
public final class Hold implements AutoCloseable {

  private final AtomicReference<@Nullable Runnable> release;

  Hold(Runnable release) {
    this.release = new AtomicReference<>(release);
  }

  @Override
  public void close() {
    Runnable once = release.getAndSet(null);
    if (once != null) {
      once.run();
    }
  }
}
