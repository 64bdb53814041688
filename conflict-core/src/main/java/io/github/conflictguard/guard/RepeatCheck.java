package io.github.conflictguard.guard;

import org.jspecify.annotations.Nullable;

/**
 * Says whether guarded code that failed may run again in the request that this thread serves.
 * {@code ConflictFilter} puts one in place while the application runs: not when the response is
 * committed, nor when the guarded code has read the request's body, which comes only once.
 *
 * <p>A thread without one, outside of requests or of the filter, may repeat everything.
 */
@FunctionalInterface
public interface RepeatCheck {

  /**
   * Whether the code may run again.
   *
   * @param code {@code com.example.Orders#save(Order)}: the binary name of the class and the name
   *     of the method that runs again
   */
  boolean mayRepeat(String code);

  /**
   * Whether any code that may run again has begun since the application was loaded. Before that no
   * check will be asked about what happens now, and nobody has to take note of it.
   */
  static boolean mayBeAsked() {
    return CurrentCheck.mayBeAsked();
  }

  /**
   * Puts a check in place for this thread. Whoever does must put back what was there before, in a
   * finally.
   *
   * @param check null for none
   * @return what was there before; null for none
   */
  static @Nullable RepeatCheck install(@Nullable RepeatCheck check) {
    return CurrentCheck.replace(check);
  }
}
