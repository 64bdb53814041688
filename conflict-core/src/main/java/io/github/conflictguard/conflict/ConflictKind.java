package io.github.conflictguard.conflict;

import java.util.Locale;

/** What a request ran into when it met the stored state. */
public enum ConflictKind {
  /** A unique or primary key with this value exists already. */
  DUPLICATE_KEY(false),

  /** Two ranges or shapes must not overlap, and would (an exclusion constraint of PostgreSQL). */
  EXCLUSION(false),

  /** The stored state changed after the writer had read it. */
  STALE_VERSION(false),

  /** Something else still refers to what should be deleted or changed. */
  STILL_REFERENCED(false),

  /** The thing that the request refers to is not there. */
  MISSING_REFERENCE(false),

  /**
   * The change would break a reference, and the database does not say from which side: either
   * {@link #STILL_REFERENCED} or {@link #MISSING_REFERENCE}.
   */
  BROKEN_REFERENCE(false),

  /** The state of the thing does not allow the operation; thrown by the application. */
  WRONG_STATE(false),

  /** A rule of the application forbids the operation; thrown by the application. */
  BUSINESS_RULE(false),

  /** Somebody else holds a lock and did not release it in time. */
  LOCKED(true),

  /** The database gave up one of several transactions: deadlock, serialization failure. */
  TRANSIENT(true);

  private final boolean retryable;
  private final String code;

  ConflictKind(boolean retryable) {
    this.retryable = retryable;
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the very same request may succeed when it is sent again a little later. */
  public boolean isRetryable() {
    return retryable;
  }

  /** Whether a constraint was violated, so that there is a name to ask for. */
  public boolean isOfConstraint() {
    switch (this) {
      case DUPLICATE_KEY:
      case EXCLUSION:
      case STILL_REFERENCED:
      case MISSING_REFERENCE:
      case BROKEN_REFERENCE:
        return true;
      default:
        return false;
    }
  }

  /** The name used in problem bodies and settings: {@code duplicate-key} and the like. */
  public String code() {
    return code;
  }
}
