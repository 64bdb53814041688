package io.github.conflictguard.problem;

import java.util.Locale;

/** The status codes of conflict responses. */
public enum StatusProfile {
  /**
   * 412 and 428 for preconditions, 409 for conflicts that the application or its database detected.
   */
  STANDARD,

  /** 409 in place of 412 and 428 as well, for clients that support only that. */
  UNIFORM;

  private static final int CONFLICT = 409;

  /** Returns the name in settings. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the status code for a problem of this type. */
  public int statusOf(ProblemType type) {
    boolean precondition =
        type == ProblemType.PRECONDITION_FAILED
            || type == ProblemType.ALREADY_EXISTS
            || type == ProblemType.PRECONDITION_REQUIRED;
    return this == UNIFORM && precondition ? CONFLICT : type.status();
  }
}
