package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.StatusProfile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requests a guard around a handler method: a conflict that the method throws leaves it as a {@link
 * ConflictException}, independent of the database, driver or framework that reported it. Optionally
 * the body runs again first, or runs under a lock.
 *
 * <p><b>The annotation is inert until the class is woven.</b> Without weaving it has no effect, and
 * {@code ConflictFilter} detects only those conflicts that reach it as an exception. {@link
 * ConflictGuard#call(GuardPolicy, GuardedCall)} has the same effect without weaving.
 *
 * <p>A woven method proceeds in this order:
 *
 * <ol>
 *   <li>With {@link #lock()}, the key is computed from the arguments. If that fails, the method
 *       throws an {@link IllegalArgumentException} that names method and template, and the body
 *       does not run. Then the method waits for the lock, up to {@link #lockTimeoutMillis()}; if it
 *       does not acquire it, it throws a {@code ConflictException} of the kind {@code locked}, and
 *       the body does not run.
 *   <li>The body runs unchanged. When it returns, so does the method.
 *   <li>When it throws, the throwable and its causes are classified, see {@link
 *       io.github.conflictguard.conflict.ConflictClassifier}. If it is not a conflict, or an {@link
 *       Error}, or of a kind that {@link #only()} and {@link #except()} exclude, the same instance
 *       is rethrown.
 *   <li>With {@link #retry()}, the body runs again if all of the following hold:
 *       <ul>
 *         <li>the kind is transient by nature ({@code locked}, {@code transient}), or {@link
 *             Retry#on()} or {@link Retry#onException()} names it;
 *         <li>no inner guarded method has used up its own attempts for the same conflict;
 *         <li>an attempt is left;
 *         <li>the thread is not interrupted;
 *         <li>the monitor of the object (of the class, for a static method) is not held: the method
 *             is not synchronized, and no caller is inside such a block. Other threads would wait
 *             as well;
 *         <li>in a request that passes through {@code ConflictFilter}: its response is not
 *             committed, the request is not asynchronous, and the method has not read from the
 *             request's body or from a part of a form passed to it, neither directly nor through
 *             other code. Form parameters may have been read. It has not written to a response that
 *             its caller had started, nor set a status, a cookie or an additional header;
 *         <li>no argument is another stream, reader or iterator, which may be exhausted;
 *         <li>no transaction is active, of Spring or of the container (JTA; also that of an EJB). A
 *             transaction that a caller manages through its own connection or entity manager cannot
 *             be detected;
 *         <li>the wait fits into the budget.
 *       </ul>
 *       Then the method waits, output that the body has written to the response is discarded, the
 *       arguments are reset to their original values, and the method continues at step 2. An
 *       interrupt ends the wait.
 *   <li>Otherwise the method throws a {@code ConflictException} that carries the kind and the
 *       {@link #statusProfile()}, with the throwable as its cause; for the log, its message
 *       contains the reason why the body was not repeated. If the throwable already is a {@code
 *       ConflictException}, a {@link WrongStateException} or a {@link BusinessRuleException}, the
 *       same instance is rethrown. The filter turns it into a response, with {@code Retry-After}
 *       for transient kinds.
 *   <li>The lock is released when the method ends, normally or with an exception; not between
 *       attempts.
 *   <li>With {@link #recover()}, that method is called in place of throwing a conflict.
 * </ol>
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} or a {@link
 * java.util.concurrent.CompletableFuture} ends when that is completed: only then is its failure
 * translated and the lock released. It is never repeated. Other results that represent later work
 * cannot be guarded.
 *
 * <p>If the filter is disabled, or only observes, the method behaves as if it were not woven.
 *
 * <p><b>A retry cannot undo</b> changes of the body that a rollback does not revert: fields,
 * objects referenced by the arguments, data read from a stream or an iterator among them, messages
 * sent, and output written to a response that is not committed yet. Enable retries where the body
 * does its work in a single transaction that it begins and ends itself.
 *
 * <p>On a method, the annotation applies to that method, whatever its visibility, and to methods
 * that override or implement it; the method itself may be abstract. On a type, it applies to the
 * methods that do the type's work and are declared by the type itself, and to those that override
 * or implement them: public instance methods, and others that take a servlet request and its
 * response; but not to accessors that only read or set a field, nor to {@code equals}, {@code
 * hashCode} and {@code toString}. If it applies to no method at all, weaving fails. If several
 * annotations apply to one method, the first of these is used, and the others are ignored entirely:
 * the one on the method; on the nearest overridden method; on its class; on the nearest supertype.
 *
 * <p>Native methods and suspending functions of Kotlin cannot be guarded: weaving in a build fails
 * and lists them. The body of a lambda is not a method of its own here, and a constructor cannot be
 * guarded.
 *
 * <p><b>Place the annotation outside of the transaction</b>, where the transaction has already
 * ended: a conflict that is detected only at commit does not pass through a method that runs inside
 * the transaction, and inside of it the body cannot be repeated. See {@link #translate()} for the
 * effect on the transaction.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ConflictGuarded {

  /**
   * Runs the body again after a transient conflict (kinds {@code locked} and {@code transient}).
   * Default: never. A conflict after which an inner guarded method has given up, after its last
   * attempt or at the end of its budget, is not repeated by outer ones; one that it refused to
   * repeat, because of a transaction for example, may be.
   */
  Retry retry() default @Retry(attempts = 1);

  /**
   * Holds the lock of a key while the body runs, so that it runs for one caller at a time: {@code
   * "order/{id}"}, {@code "order/{0}"}, {@code "order/{order.customer.id}"}. Default: empty, no
   * lock.
   *
   * <p>References are the method's parameters, by index from 0, or by name if the class file
   * contains names (javac's {@code -parameters} or {@code -g}), or {@code this}; and their
   * properties: keys of a map, {@code getId()}, {@code isId()}, {@code id()}, or a public field, in
   * this order. A literal brace is doubled: {@code {{0}}} is not a reference. Weaving fails for an
   * invalid template or one that names no parameter. At run time the call fails if a reference
   * leads to null, to a missing property, or to an object without a string form of its own.
   *
   * <p>The key is text: {@code 7}, {@code 7L} and {@code "7"} result in the same key. All guarded
   * methods of a web application in one JVM share one set of keys; other nodes have separate ones.
   * The lock is re-entrant. It is independent of the lock that the filter takes for a request.
   */
  String lock() default "";

  /**
   * The maximum time to wait for the lock, in milliseconds, 0 or more. Default: 10 seconds. Has no
   * effect without {@link #lock()}. The time does not count towards the budget of {@link #retry()}.
   */
  long lockTimeoutMillis() default 10_000;

  /**
   * The kinds that the guard handles. Default: all. Conflicts of other kinds are rethrown unchanged
   * and are not repeated. A lock that could not be acquired is reported as a conflict in any case.
   */
  ConflictKind[] only() default {};

  /**
   * The kinds that the guard does not handle. Default: none. Takes precedence over {@link #only()}.
   */
  ConflictKind[] except() default {};

  /**
   * Names the method that is called in place of throwing a conflict: after the last attempt, if the
   * body must not be repeated, or if the lock could not be acquired. Its result becomes the result
   * of this method, and its exceptions are propagated. Default: empty, none.
   *
   * <p>It has the parameters and the result of this method; as its first or last parameter it may
   * additionally take the {@link ConflictException}, or a supertype of that. It is declared in the
   * same class, with any visibility, or inherited from a supertype; it may be static, and must be
   * for a static method. If several methods match, one that takes the exception is preferred, and
   * one of the class itself is preferred to an inherited one. Weaving fails if no method matches
   * the name.
   *
   * <p>It is also called for an exception that {@link Retry#onException()} names, if it takes that
   * exception or none. It is not called for an {@link Error}, nor for kinds that {@link #only()}
   * and {@link #except()} exclude. It runs on the same thread and in the same transaction, if that
   * is still active; the lock has been released before; it is not repeated. It is called with
   * {@link #translate()} {@code false} as well. If this method returns a {@code CompletionStage}
   * that fails, it is called at that time, and its stage completes the result.
   */
  String recover() default "";

  /**
   * Whether a conflict leaves the method as a {@link ConflictException}. With {@code false} the
   * original instance is rethrown, and {@code ConflictFilter} is notified: if the application
   * catches it and responds with a server error, the filter responds with 409 instead.
   *
   * <p>Meant for methods inside a transaction: there a {@code ConflictException}, being unchecked,
   * turns a commit into a rollback where the original exception would not, such as a checked one,
   * one of {@code noRollbackFor}, or an application exception of EJB. Default: true.
   */
  boolean translate() default true;

  /** At most one element: the status codes of the response. Default: empty, those of the filter. */
  StatusProfile[] statusProfile() default {};
}
