package io.github.conflictguard.guard;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The {@link RepeatCheck} of each thread. */
final class CurrentCheck {

  @SuppressWarnings(
      "ThreadLocalUsage") // One for the application; the filter takes each value back.
  private static final ThreadLocal<@Nullable RepeatCheck> CURRENT = new ThreadLocal<>();

  /** Written once, and read by whichever thread reads a body. */
  private static volatile boolean mayBeAsked;

  /** Whether there has been any check: without one, no thread has to look for its own. */
  private static volatile boolean isUsed;

  /** Begins with 1: 0 stands for what has never happened. */
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
    // Null as well: taking the entry out and in again takes longer than all the rest.
    CURRENT.set(check);
    return before;
  }

  /** Returns the check of this thread; null if it has none. */
  static @Nullable RepeatCheck get() {
    RepeatCheck check = isUsed ? CURRENT.get() : null;
    if (check == null && isUsed) {
      // The look-up has left an entry behind.
      CURRENT.remove();
    }
    return check;
  }

  /** Returns the time at which code begins now. */
  static long now() {
    return CLOCK.get();
  }

  /** Returns the time at which something is read or written now. Before any code no clock runs. */
  static long tick() {
    return mayBeAsked ? CLOCK.incrementAndGet() : CLOCK.get();
  }

  /** Returns whether guards do nothing on this thread. */
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
