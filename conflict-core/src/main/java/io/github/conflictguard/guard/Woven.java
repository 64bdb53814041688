package io.github.conflictguard.guard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is already guarded, so that it is not woven twice. Added by the weaver, never
 * by hand.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Woven {

  /**
   * The tool that wove it: {@code build}, {@code command}, {@code agent}, {@code container}, {@code
   * attachment}.
   */
  String by() default "build";

  /**
   * The policy of the guard, as returned by {@link GuardPolicy#toString()}; empty if not available.
   */
  String policy() default "";
}
