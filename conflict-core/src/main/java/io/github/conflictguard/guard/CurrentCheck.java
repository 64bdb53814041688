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
    // Null as well: taking the entry out and in again takes longer than all the rest.
    CURRENT.set(check);
    return before;
  }

  static boolean mayRepeat(String code) {
    RepeatCheck check = CURRENT.get();
    if (check == null) {
      // Asking has left an entry behind.
      CURRENT.remove();
      return true;
    }
    return check.mayRepeat(code);
  }
}
