package io.github.conflictguard.guard;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The {@link RepeatCheck} of each thread. */
final class CurrentCheck {

  @SuppressWarnings(
      "ThreadLocalUsage") // One for the application; the filter removes each value again.
  private static final ThreadLocal<@Nullable RepeatCheck> CURRENT = new ThreadLocal<>();

  /** Written once, and read by each thread that reads a body. */
  private static volatile boolean mayBeAsked;

  /** Whether a check was ever installed: until then, threads skip the look-up of their own. */
  private static volatile boolean isUsed;

  /** Starts at 1: 0 represents events that never happened. */
  private static final AtomicLong CLOCK = new AtomicLong(1);

  private CurrentCheck() {}

  static void expectToBeAsked() {
    if (!mayBeAsked) {
      mayBeAsked = true;
    }
  }

  static boolean mayBeAsked() {
    return mayBeAsked;
  }

  static @Nullable RepeatCheck replace(@Nullable RepeatCheck check) {
    RepeatCheck before = CURRENT.get();
    if (check != null && !isUsed) {
      isUsed = true;
    }
    // Sets null as well: removing and adding the entry takes longer than everything else.
    CURRENT.set(check);
    return before;
  }

  /** Returns the check of this thread; null if it has none. */
  static @Nullable RepeatCheck get() {
    RepeatCheck check = isUsed ? CURRENT.get() : null;
    if (check == null && isUsed) {
      // The look-up has created an entry.
      CURRENT.remove();
    }
    return check;
  }

  /** Returns the current time, for code that begins now. */
  static long now() {
    return CLOCK.get();
  }

  /**
   * Returns the time of a read or write that happens now. The clock does not run until guarded code
   * has begun.
   */
  static long tick() {
    return mayBeAsked ? CLOCK.incrementAndGet() : CLOCK.get();
  }

  /** Returns whether guards are disabled on this thread. */
  static boolean isOff() {
    RepeatCheck check = get();
    return check == null ? OffApplications.isCurrent() : check.isOff();
  }

  static @Nullable String obstacle(String code, long begunAt) {
    RepeatCheck check = get();
    return check == null ? null : check.obstacle(code, begunAt);
  }

  static void attempted(String handler, String cause, int attempt, String outcome) {
    RepeatCheck check = get();
    if (check != null) {
      check.attempted(handler, cause, attempt, outcome);
    }
  }

  static void discardOutput(long begunAt) {
    RepeatCheck check = get();
    if (check != null) {
      check.discardOutput(begunAt);
    }
  }
}
