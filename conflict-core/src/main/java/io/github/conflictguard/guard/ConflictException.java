package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.StatusProfile;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A conflict on its way to {@code ConflictFilter}, which answers it with 409.
 *
 * <p>Guarded methods throw it with the original throwable as its cause. Applications may throw it
 * themselves; for {@link ConflictKind#WRONG_STATE} and {@link ConflictKind#BUSINESS_RULE} there are
 * {@link WrongStateException} and {@link BusinessRuleException}, which say more. The message is for
 * logs alone: no answer ever repeats it.
 */
public final class ConflictException extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1L;

  /** Chains of causes may be circles. */
  private static final int MOST_CAUSES = 64;

  /**
   * What the application has thrown and a guard has given up, of each thread: several may throw one
   * instance, again and again, and classes may have an {@code equals} of their own. Keeps none
   * alive.
   */
  private static final ThreadLocal<@Nullable GivenUp> GIVEN_UP = new ThreadLocal<>();

  private final ConflictKind kind;
  private final @Nullable String constraint;
  private final @Nullable String handler;
  private final @Nullable StatusProfile statusProfile;
  private boolean retriesUsedUp;

  /**
   * Makes a conflict that the application itself has found.
   *
   * @param message for the log
   */
  public ConflictException(ConflictKind kind, String message) {
    this(kind, message, null, null);
  }

  /** Makes a conflict out of the throwable that reported it. */
  public ConflictException(ConflictKind kind, Throwable cause) {
    this(Conflict.of(kind), cause);
  }

  /** Makes a conflict, with its constraint if that is known, out of what reported it. */
  public ConflictException(Conflict conflict, Throwable cause) {
    this(conflict, cause, "", null, null);
  }

  /** Makes a conflict that a guard itself has found. */
  ConflictException(
      ConflictKind kind,
      String message,
      @Nullable String handler,
      @Nullable StatusProfile statusProfile) {
    super(message);
    this.kind = kind;
    this.constraint = null;
    this.handler = handler;
    this.statusProfile = statusProfile;
  }

  /**
   * Makes a conflict that leaves a guard.
   *
   * @param remark the end of the message
   */
  ConflictException(
      Conflict conflict,
      Throwable cause,
      String remark,
      @Nullable String handler,
      @Nullable StatusProfile statusProfile) {
    super(conflict.kind().code() + ": " + cause.getClass().getName() + remark, cause);
    this.kind = conflict.kind();
    this.constraint = conflict.constraint();
    this.handler = handler;
    this.statusProfile = statusProfile;
  }

  @Override
  public ConflictKind kind() {
    return kind;
  }

  @Override
  public @Nullable String constraint() {
    return constraint;
  }

  /** The guarded method that the conflict left; null when there is none. */
  public @Nullable String handler() {
    return handler;
  }

  /** The status codes to answer with; null for those of the filter. */
  public @Nullable StatusProfile statusProfile() {
    return statusProfile;
  }

  /**
   * Marks this, which a guard has made: the guard has repeated its work as often as it may, and no
   * other has to.
   */
  void useUpRetries() {
    retriesUsedUp = true;
  }

  /**
   * Marks what the application has thrown in the same way, for those whose work goes on now: it may
   * throw the same instance anew later.
   */
  static void useUpRetries(Throwable left) {
    GIVEN_UP.set(new GivenUp(left, CurrentCheck.tick()));
  }

  /**
   * Returns whether a throwable, or what it was caused by, is marked.
   *
   * @param begunAt the time {@link CurrentCheck#now()} when the work began that has thrown it
   */
  static boolean hasUsedUpRetries(Throwable thrown, long begunAt) {
    GivenUp mark = GIVEN_UP.get();
    Throwable givenUp = mark == null || mark.at <= begunAt ? null : mark.get();
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < MOST_CAUSES; depth++) {
      if (at == givenUp
          || (at instanceof ConflictException && ((ConflictException) at).retriesUsedUp)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** What was given up, and when. */
  private static final class GivenUp extends WeakReference<Throwable> {

    final long at;

    GivenUp(Throwable thrown, long at) {
      super(thrown);
      this.at = at;
    }
  }
}
