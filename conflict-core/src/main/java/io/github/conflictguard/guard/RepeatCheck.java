package io.github.conflictguard.guard;

import org.jspecify.annotations.Nullable;

/**
 * Decides what guards may do in the request of the current thread: whether they are enabled, and
 * whether guarded code that failed may run again. {@code ConflictFilter} installs an instance while
 * the application runs: code is not repeated if the response is committed, or if the guarded code
 * has read a part of the request's body, which can be read only once.
 *
 * <p>On a thread without an instance, outside of requests or of the filter, all code may be
 * repeated.
 */
@FunctionalInterface
public interface RepeatCheck {

  /**
   * Returns whether the code may run again, independent of its effects so far.
   *
   * @param code {@code com.example.Orders#save(Order)}: the binary name of the class and the name
   *     of the method to repeat
   */
  boolean mayRepeat(String code);

  /**
   * Returns why code must not run again; null if it may.
   *
   * @param code as in {@link #mayRepeat}
   * @param begunAt the time {@link #now()} when the code began
   */
  default @Nullable String obstacle(String code, long begunAt) {
    return mayRepeat(code)
        ? null
        : "the response is committed, or the body of the request was read";
  }

  /**
   * Discards output of the failed code, just before it runs again.
   *
   * @param begunAt the time {@link #now()} when the code began
   */
  default void discardOutput(long begunAt) {}

  /** Returns whether each read of this stream or reader is recorded. */
  default boolean follows(Object source) {
    return false;
  }

  /**
   * Called after a failed attempt.
   *
   * @param handler the guarded method
   * @param cause the kind of the conflict, or the class of an exception that is not a conflict
   * @param attempt the number of the most recent failed attempt, from 1
   * @param outcome {@code REPEATED}, {@code SUCCEEDED} or {@code GIVEN_UP}
   */
  default void attempted(String handler, String cause, int attempt, String outcome) {}

  /**
   * Called after a recover method was called; by any thread, if it has recovered from a failure of
   * asynchronous work.
   *
   * @param handler the guarded method
   * @param cause the kind of the conflict, or the class of an exception that is not a conflict
   * @param outcome {@code RECOVERED} or {@code FAILED}
   */
  default void recovered(String handler, String cause, String outcome) {}

  /** Returns whether guards are disabled: guarded methods then behave as if they were not woven. */
  default boolean isOff() {
    return false;
  }

  /**
   * Returns whether any repeatable code has begun since the application was loaded. Until then
   * checks are not consulted about current events, and nothing has to be recorded for them.
   */
  static boolean mayBeAsked() {
    return CurrentCheck.mayBeAsked();
  }

  /**
   * Returns the time of a logical clock that counts reads and writes of all requests. Reading it is
   * the only overhead for repeatable code.
   */
  static long now() {
    return CurrentCheck.now();
  }

  /**
   * Advances the clock for a read or a write.
   *
   * @return the time of that: later than all code that has begun before, and not later than code
   *     that begins now
   */
  static long tick() {
    return CurrentCheck.tick();
  }

  /**
   * Installs a check for this thread. The caller has to restore the previous one in a finally
   * block.
   *
   * @param check null for none
   * @return the previous check; null for none
   */
  static @Nullable RepeatCheck install(@Nullable RepeatCheck check) {
    return CurrentCheck.replace(check);
  }

  /**
   * Disables or enables the guards of an application for threads that do not serve a request of the
   * filter: those that the application has started itself. Such a thread belongs to the application
   * whose class loader is its context class loader, or an ancestor of that.
   */
  static void switchGuards(ClassLoader application, boolean on) {
    OffApplications.set(application, !on);
  }
}
