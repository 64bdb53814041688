package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How often a guarded method runs its body again after a conflict that may pass by itself, or after
 * what {@link #on()} and {@link #onException()} name, see {@link ConflictGuarded#retry()}. A value
 * out of its range stops the weaving.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Retry {

  /**
   * How often the body runs at most, the first time included; 1 to 100. Default: 3. 1 means no
   * retry.
   */
  int attempts() default 3;

  /**
   * How long to wait before the second attempt, in milliseconds, 0 and more; doubled for each
   * further one. Default: 50.
   */
  long backoffMillis() default 50;

  /**
   * The longest wait between two attempts, in milliseconds; {@link #backoffMillis()} and more.
   * Default: 1000.
   */
  long maxBackoffMillis() default 1000;

  /**
   * How much of each wait is left to chance, from 0 (nothing) to 1 (anything from no wait to the
   * whole), so that those who collided do not meet again. Default: 0.5, anything from half of the
   * wait to the whole.
   */
  double jitter() default 0.5;

  /**
   * How long waits and further attempts may take together, in milliseconds, 0 and more; counted
   * from the moment at which the first attempt failed. Default: 5000. A wait that would end later
   * is not begun; an attempt that runs is not interrupted. Wins over {@link #attempts()}.
   */
  long budgetMillis() default 5000;

  /**
   * The kinds after which the body runs again. Default: those that may pass by themselves, {@code
   * locked} and {@code transient}; where this or {@link #onException()} names something, these
   * alone.
   *
   * <p>{@link ConflictKind#STALE_VERSION} is right for a body that reads the current state, changes
   * and stores it. Where an argument carries the stale state the body fails again in the same way;
   * the weaver warns of arguments that may.
   */
  ConflictKind[] on() default {};

  /**
   * Exceptions after which the body runs again, those that extend them included, and also where one
   * is the cause of what was thrown. They need not be conflicts: then the last one leaves the
   * method as it was thrown. Default: none.
   */
  Class<? extends Throwable>[] onException() default {};
}
