package io.github.conflictguard.problem;

import java.util.Locale;

/** Which status codes clients get to see. */
public enum StatusProfile {
  /** 412 and 428 for preconditions, 409 for what the application or its database found. */
  STANDARD,

  /** 409 for all three, for clients that know only that. */
  UNIFORM;

  private static final int CONFLICT = 409;

  /** The name in settings. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status code for a problem of this type. */
  public int statusOf(ProblemType type) {
    boolean precondition =
        type == ProblemType.PRECONDITION_FAILED
            || type == ProblemType.ALREADY_EXISTS
            || type == ProblemType.PRECONDITION_REQUIRED;
    return this == UNIFORM && precondition ? CONFLICT : type.status();
  }
}
