package io.github.conflictguard.guard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose guard is in place, so that it is never woven twice. Written by the weaver,
 * never by hand.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Woven {

  /**
   * Who wove it: {@code build}, {@code command}, {@code agent}, {@code container}, {@code
   * attachment}.
   */
  String by() default "build";

  /** The policy of the guard, as {@link GuardPolicy#toString()} writes it; empty if unknown. */
  String policy() default "";
}
