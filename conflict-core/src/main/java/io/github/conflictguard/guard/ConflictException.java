package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.StatusProfile;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A conflict that {@code ConflictFilter} turns into a 409 response.
 *
 * <p>Guarded methods throw it with the original throwable as its cause. Applications may throw it
 * themselves; for {@link ConflictKind#WRONG_STATE} and {@link ConflictKind#BUSINESS_RULE} prefer
 * {@link WrongStateException} and {@link BusinessRuleException}, which carry more details. The
 * message is meant for logs only and is never part of a response.
 */
public final class ConflictException extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1L;

  /** Chains of causes may be cyclic. */
  private static final int MOST_CAUSES = 64;

  /**
   * The most recent exception of the application after which a guard has given up, per thread.
   * Threads may throw one shared instance repeatedly, and its class may override {@code equals}.
   * The reference is weak.
   */
  private static final ThreadLocal<@Nullable GivenUp> GIVEN_UP = new ThreadLocal<>();

  private final ConflictKind kind;
  private final @Nullable String constraint;
  private final @Nullable String handler;
  private final @Nullable StatusProfile statusProfile;
  private boolean retriesUsedUp;

  /**
   * Creates a conflict that the application has detected itself.
   *
   * @param message for the log
   */
  public ConflictException(ConflictKind kind, String message) {
    this(kind, message, null, null);
  }

  /** Creates a conflict from the throwable that reported it. */
  public ConflictException(ConflictKind kind, Throwable cause) {
    this(Conflict.of(kind), cause);
  }

  /** Creates a conflict, with its constraint if available, from the throwable that reported it. */
  public ConflictException(Conflict conflict, Throwable cause) {
    this(conflict, cause, "", null, null);
  }

  /** Creates a conflict that a guard has detected itself. */
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
   * Creates a conflict for a guard to throw.
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

  /** Returns the guarded method that threw the conflict; null if there was none. */
  public @Nullable String handler() {
    return handler;
  }

  /** Returns the status codes of the response; null for those of the filter. */
  public @Nullable StatusProfile statusProfile() {
    return statusProfile;
  }

  /**
   * Marks this exception, which a guard has created, as one whose retries are used up, so that
   * outer guards do not repeat the work.
   */
  void useUpRetries() {
    retriesUsedUp = true;
  }

  /**
   * Marks an exception of the application in the same way, for the outer guards of the current
   * invocation. The application may throw the same instance again later.
   */
  static void useUpRetries(Throwable left) {
    GIVEN_UP.set(new GivenUp(left, CurrentCheck.tick()));
  }

  /**
   * Returns whether a throwable or one of its causes is marked.
   *
   * @param begunAt the time {@link CurrentCheck#now()} when the work that threw it began
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

  /** A throwable whose retries are used up, and the time of that. */
  private static final class GivenUp extends WeakReference<Throwable> {

    final long at;

    GivenUp(Throwable thrown, long at) {
      super(thrown);
      this.at = at;
    }
  }
}
