package io.github.conflictguard.guard;

import org.jspecify.annotations.Nullable;

/** The {@link RepeatCheck} of each thread. */
final class CurrentCheck {

  @SuppressWarnings(
      "ThreadLocalUsage") // One for the application; the filter takes each value back.
  private static final ThreadLocal<@Nullable RepeatCheck> CURRENT = new ThreadLocal<>();

  /**
   * Written by the thread that begins such code before that thread can read a body there, so that
   * it need not be volatile.
   */
  private static boolean mayBeAsked;

  /** Whether there has been any check: without one, no thread has to look for its own. */
  private static volatile boolean isUsed;

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

  /** Returns the {@link RepeatCheck#position()} of this thread; 0 without a check. */
  static long position() {
    RepeatCheck check = isUsed ? CURRENT.get() : null;
    return check == null ? 0 : check.position();
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
