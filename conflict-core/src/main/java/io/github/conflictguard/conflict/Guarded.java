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

  /**
   * Follows public getters of classes that are known by name only.
   *
   * @return null when one of them is not there, throws, or returns null
   */
  static @Nullable Object get(Object from, String... getters) {
    Object value = from;
    for (String getter : getters) {
      Object target = value;
      value = Guarded.<Object>read(() -> target.getClass().getMethod(getter).invoke(target));
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  /** Like {@link #get} for getters that end in a text; null for anything else. */
  static @Nullable String text(Object from, String... getters) {
    Object value = get(from, getters);
    return value instanceof String ? (String) value : null;
  }
}
