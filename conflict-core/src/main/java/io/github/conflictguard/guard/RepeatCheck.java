package io.github.conflictguard.guard;

import org.jspecify.annotations.Nullable;

/**
 * Decides what guards may do in the request that this thread serves: whether they work at all, and
 * whether guarded code that failed may run again. {@code ConflictFilter} puts one in place while
 * the application runs: nothing runs again when the response is committed, or when the guarded code
 * has read a part of the request's body, which comes only once.
 *
 * <p>A thread without one, outside of requests or of the filter, may repeat everything.
 */
@FunctionalInterface
public interface RepeatCheck {

  /**
   * Returns whether the code may run again, as far as that does not depend on what it has done.
   *
   * @param code {@code com.example.Orders#save(Order)}: the binary name of the class and the name
   *     of the method that runs again
   */
  boolean mayRepeat(String code);

  /**
   * Returns why code must not run again; null when it may.
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
   * Discards what the failed code has written, just before it runs again.
   *
   * @param begunAt the time {@link #now()} when the code began
   */
  default void discardOutput(long begunAt) {}

  /** Returns whether each read of this stream or reader is noted. */
  default boolean follows(Object source) {
    return false;
  }

  /**
   * Called after a failed attempt.
   *
   * @param handler the guarded method
   * @param cause the kind of the conflict, or the class of the exception that is none
   * @param attempt the number of the attempt that has failed last, from 1
   * @param outcome {@code REPEATED}, {@code SUCCEEDED} or {@code GIVEN_UP}
   */
  default void attempted(String handler, String cause, int attempt, String outcome) {}

  /**
   * Returns whether guards are switched off: then guarded methods behave as if they had not been
   * woven.
   */
  default boolean isOff() {
    return false;
  }

  /**
   * Returns whether any code that may run again has begun since the application was loaded. Before
   * that no check will be asked about what happens now, and nothing has to be noted for it.
   */
  static boolean mayBeAsked() {
    return CurrentCheck.mayBeAsked();
  }

  /**
   * Returns the time, by a clock that counts what is read and written in all requests. Looking at
   * it is all that code costs that may run again.
   */
  static long now() {
    return CurrentCheck.now();
  }

  /**
   * Moves the clock on, because something is read or written.
   *
   * @return the time of that: later than any code that has begun so far, and not later than any
   *     that begins now
   */
  static long tick() {
    return CurrentCheck.tick();
  }

  /**
   * Puts a check in place for this thread. The caller has to put back what was there before, in a
   * finally.
   *
   * @param check null for none
   * @return what was there before; null for none
   */
  static @Nullable RepeatCheck install(@Nullable RepeatCheck check) {
    return CurrentCheck.replace(check);
  }

  /**
   * Switches the guards of an application off or on for threads that serve no request of the
   * filter: those that the application has started itself. Such a thread belongs to the application
   * whose class loader is its context class loader, or the parent of that.
   */
  static void switchGuards(ClassLoader application, boolean on) {
    OffApplications.set(application, !on);
  }
}
