package io.github.conflictguard.conflict;

import java.util.Locale;

/** The kinds of conflicts between a request and the stored state. */
public enum ConflictKind {
  /** A row with this value of a unique or primary key exists already. */
  DUPLICATE_KEY(false),

  /** Two ranges or shapes must not overlap, but would (an exclusion constraint of PostgreSQL). */
  EXCLUSION(false),

  /** The stored state has changed since it was read. */
  STALE_VERSION(false),

  /** Another row still refers to the one to be deleted or changed. */
  STILL_REFERENCED(false),

  /** The row to which the request refers does not exist. */
  MISSING_REFERENCE(false),

  /**
   * The change would break a reference, and the database does not report from which side: either
   * {@link #STILL_REFERENCED} or {@link #MISSING_REFERENCE}.
   */
  BROKEN_REFERENCE(false),

  /** The state of the resource does not allow the operation; thrown by the application. */
  WRONG_STATE(false),

  /** A rule of the application forbids the operation; thrown by the application. */
  BUSINESS_RULE(false),

  /** Another transaction holds a lock and did not release it in time. */
  LOCKED(true),

  /** The database rolled back one of several transactions: deadlock, serialization failure. */
  TRANSIENT(true);

  private final boolean retryable;
  private final String code;

  ConflictKind(boolean retryable) {
    this.retryable = retryable;
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether the same request may succeed when it is sent again a little later. */
  public boolean isRetryable() {
    return retryable;
  }

  /** Returns whether a constraint was violated, so that there may be a constraint name. */
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

  /** Returns the name used in problem bodies and settings: {@code duplicate-key} and the like. */
  public String code() {
    return code;
  }
}
