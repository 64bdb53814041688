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
 * ConflictException}, whatever database, driver or framework reported it; where that is asked for,
 * after the body has run again, or under a lock.
 *
 * <p><b>The annotation is inert until the class is woven.</b> Without that it changes nothing, and
 * {@code ConflictFilter} alone then finds those conflicts that reach it as an exception. {@link
 * ConflictGuard#call(GuardPolicy, GuardedCall)} does the same without weaving.
 *
 * <p>What a woven method does, in this order:
 *
 * <ol>
 *   <li>With {@link #lock()}: the key is made of the arguments. If that fails, an {@link
 *       IllegalArgumentException} that names method and template leaves, and the body does not run.
 *       Then it waits for the lock, up to {@link #lockTimeoutMillis()}; if it does not get it, a
 *       {@code ConflictException} of the kind {@code locked} leaves, and the body does not run.
 *   <li>The body runs as it was written. When it returns, so does the method.
 *   <li>When it throws, the throwable and its causes are classified, see {@link
 *       io.github.conflictguard.conflict.ConflictClassifier}. If it is no conflict, or an {@link
 *       Error}, or of a kind that {@link #only()} and {@link #except()} leave out, the very same
 *       instance leaves.
 *   <li>With {@link #retry()}, the body runs again if all of this holds:
 *       <ul>
 *         <li>the kind may pass by itself ({@code locked}, {@code transient}), or {@link
 *             Retry#on()} or {@link Retry#onException()} names it;
 *         <li>no guarded method further in has used up its own attempts for this very conflict;
 *         <li>there is an attempt left;
 *         <li>the thread is not interrupted;
 *         <li>the monitor of the object (of the class, in a static method) is not held: neither is
 *             the method synchronized nor is a caller inside of such a block. Others would wait,
 *             too;
 *         <li>in a request that passes {@code ConflictFilter}: its response is not committed, it is
 *             not asynchronous, and the method has not read from the request's body or from a part
 *             of a form that it was handed, no matter which code asked for it. Form parameters may
 *             have been read. Nor has it written to a response that its caller had begun, nor set a
 *             status, a cookie or an additional header;
 *         <li>no argument is another stream, reader or iterator, which may be exhausted;
 *         <li>no transaction is active, of Spring or of the container (JTA; also that of an EJB).
 *             One that a caller manages by its own connection or entity manager cannot be seen;
 *         <li>the wait fits into the budget.
 *       </ul>
 *       Then it waits, what the body has written to the response is discarded, the arguments are
 *       restored to what the method was called with, and it goes on at step 2. An interrupt ends
 *       the wait.
 *   <li>Otherwise a {@code ConflictException} that carries the kind and the {@link
 *       #statusProfile()}, with the throwable as its cause, leaves; its message says for the log
 *       why nothing was repeated. If the throwable already is a {@code ConflictException}, a {@link
 *       WrongStateException} or a {@link BusinessRuleException}, the very same instance leaves. The
 *       filter answers it, with {@code Retry-After} for kinds that may pass.
 *   <li>The lock is given back, on whatever way the method ends; not between the attempts.
 *   <li>With {@link #recover()}, that method is called in place of a conflict that would leave.
 * </ol>
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} or a {@link
 * java.util.concurrent.CompletableFuture} ends when that is completed: then its failure is
 * translated and the lock is given back. It is never repeated. Other results that stand for later
 * work cannot be guarded.
 *
 * <p>Where the filter is switched off, or only observes, the method does what it did before it was
 * woven.
 *
 * <p><b>What running again cannot undo:</b> everything that the body has changed and no rollback
 * takes back. Fields, objects behind the arguments, what was read from a stream or an iterator
 * among them, what was sent to others, what was written to a response that is not committed yet.
 * Ask for retries where the body does its work in one transaction that it begins and ends itself.
 *
 * <p>On a method it means that method, whatever its visibility, and those that override or
 * implement it; that it has a body itself is not needed. On a type it means the methods that do its
 * work, as far as the type itself declares them, and those that override or implement them: public
 * instance methods, and others that take a servlet request and its response; but none that only
 * read or set a field, nor {@code equals}, {@code hashCode} and {@code toString}. One that means no
 * method at all stops the weaving. Where several places speak of one method, the first of these
 * counts, and replaces all of what the others say: the method; the nearest method that it
 * overrides; its class; the nearest type above.
 *
 * <p>A native method and a suspending function of Kotlin cannot be guarded: weaving in a build
 * fails and names them. A lambda body is no method of its own here, and a constructor cannot be
 * guarded.
 *
 * <p><b>Put it where the transaction has already ended</b>, outside of it: a conflict that only the
 * commit discovers does not pass through a method that runs inside the transaction, and there
 * nothing can be repeated. See {@link #translate()} for what it does to the transaction.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ConflictGuarded {

  /**
   * Runs the body again after a conflict that may pass by itself (kinds {@code locked} and {@code
   * transient}). Default: never. What an inner guarded method has given up after its last attempt,
   * or when its budget was spent, is not repeated by outer ones; what it has refused to repeat, for
   * a transaction for example, may be.
   */
  Retry retry() default @Retry(attempts = 1);

  /**
   * Holds the lock of a key while the body runs, so that it runs for one caller at a time: {@code
   * "order/{id}"}, {@code "order/{0}"}, {@code "order/{order.customer.id}"}. Default: empty, no
   * lock.
   *
   * <p>References are the method's parameters, by number from 0, or by name where the class file
   * tells names (javac's {@code -parameters} or {@code -g}), or {@code this}; and properties of
   * them: keys of a map, {@code getId()}, {@code isId()}, {@code id()}, or a public field, in this
   * order. A brace that is meant as text is doubled: {@code {{0}}} is no reference. A template that
   * is none, or names no parameter, stops the weaving. One that leads to null, to a property that
   * is not there, or to an object without a text of its own, makes the call fail.
   *
   * <p>The key is text: {@code 7}, {@code 7L} and {@code "7"} make the same one. All guarded
   * methods of a web application in this JVM share one set of keys, other nodes have theirs. The
   * thread that has a lock gets it again at once. It is not the lock that the filter takes for a
   * request.
   */
  String lock() default "";

  /**
   * How long to wait for the lock, in milliseconds, 0 and more. Default: 10 seconds. Without {@link
   * #lock()} it means nothing. The time does not count for the budget of {@link #retry()}.
   */
  long lockTimeoutMillis() default 10_000;

  /**
   * The kinds that are meant. Default: every one. Others leave the method as they were thrown, and
   * are not repeated. A lock that was not to be had is a conflict all the same.
   */
  ConflictKind[] only() default {};

  /** The kinds that are not meant. Default: none. Wins over {@link #only()}. */
  ConflictKind[] except() default {};

  /**
   * Names the method that is called instead of a conflict leaving this one: after the last attempt,
   * where nothing is repeated, or where the lock was not to be had. Its result is the result of
   * this method, and what it throws leaves. Default: empty, none.
   *
   * <p>It has the parameters and the result of this method; before or behind the parameters it may
   * take the {@link ConflictException}, or what that extends. It is declared in the same class,
   * with whatever visibility, or inherited from a type above; it may be static, and is for a static
   * method. If several fit, one that takes the exception is called, and one of the class itself
   * rather than an inherited one. A name that fits no method stops the weaving.
   *
   * <p>It is also called for an exception that {@link Retry#onException()} names, if it takes that
   * exception or none. It is not called for an {@link Error}, nor for what {@link #only()} and
   * {@link #except()} leave out. It runs on the same thread and in the same transaction, if that
   * goes on; the lock has been given back before; nothing repeats it. With {@link #translate()}
   * {@code false} it is called all the same. Where this method returns a {@code CompletionStage}
   * that fails, it is called then, and its stage completes the result.
   */
  String recover() default "";

  /**
   * Whether a conflict leaves the method as a {@link ConflictException}. With {@code false} it
   * leaves as it was thrown, the same instance, and {@code ConflictFilter} is told of it: where the
   * application catches it and answers with a failure of the server, the filter answers with 409.
   *
   * <p>For methods inside a transaction: there a {@code ConflictException}, being unchecked, turns
   * a commit into a rollback where the exception itself would not, such as a checked one, one of
   * {@code noRollbackFor}, or an application exception of EJB. Default: true.
   */
  boolean translate() default true;

  /** One or none: the status codes to answer with. Default: none, those of the filter. */
  StatusProfile[] statusProfile() default {};
}
