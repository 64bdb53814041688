package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.StatusProfile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a guard around a handler method: a conflict that the method throws leaves it as a {@link
 * ConflictException}, whatever database, driver or framework reported it.
 *
 * <p><b>The annotation is inert until the class is woven.</b> Without the Byte Buddy build plugin
 * it changes nothing, and {@code ConflictFilter} alone then finds those conflicts that reach it as
 * an exception.
 *
 * <p>What a woven method does:
 *
 * <ol>
 *   <li>The body runs as it was written. When it returns, nothing happens.
 *   <li>When it throws, the throwable and its causes are classified, see {@link
 *       io.github.conflictguard.conflict.ConflictClassifier}.
 *   <li>If it is a conflict, a {@link ConflictException} that carries the kind, with the throwable
 *       as its cause, leaves the method instead.
 *   <li>If it is not, or if it already is a {@code ConflictException}, or an {@link Error}, the
 *       very same instance goes on.
 * </ol>
 *
 * <p>On a type the annotation means every public method that the type itself declares with a body,
 * static ones left out. On a method it means that method, whatever its visibility. A method that
 * has no body (abstract, native) cannot be guarded: weaving fails and names it. A lambda body is no
 * method of its own here, and a constructor cannot be guarded.
 *
 * <p>Put it where the transaction has already ended: a conflict that only the commit discovers does
 * not pass through a method that runs inside the transaction.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ConflictGuarded {

  /**
   * Runs the body again after a conflict that may pass by itself (kinds {@code locked} and {@code
   * transient}); never unless said.
   */
  Retry retry() default @Retry(attempts = 1);

  /**
   * Holds the lock of a resource key while the body runs, so that it runs for one caller at a time
   * in this JVM: {@code "order/{id}"}, {@code "order/{0}"}, {@code "order/{order.id}"}. References
   * are the method's parameters, by number from 0, or by name where the class file tells names
   * (javac's {@code -parameters} or {@code -g}), and properties of them. Empty means no lock.
   */
  String lock() default "";

  /** How long to wait for the lock, in milliseconds; then the conflict is {@code locked}. */
  long lockTimeoutMillis() default 10_000;

  /** The kinds that are meant; every one if empty. Others leave the method as they were thrown. */
  ConflictKind[] only() default {};

  /** The kinds that are not meant; wins over {@link #only()}. */
  ConflictKind[] except() default {};

  /** One or none: the status codes to answer with, where they are not those of the filter. */
  StatusProfile[] statusProfile() default {};
}
