package io.github.conflictguard.conflict;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads from exceptions that may be hostile, or half broken after a redeployment. */
final class Guarded {

  private Guarded() {}

  /** Returns what the accessor returns, or null when it throws. */
  static <T> @Nullable T read(Callable<T> accessor) {
    try {
      return accessor.call();
    } catch (Throwable unreadable) {
      // Errors too (linkage, stack overflow): we are on the way of another throwable, and whatever
      // fails here must not take its place.
      return null;
    }
  }
}
