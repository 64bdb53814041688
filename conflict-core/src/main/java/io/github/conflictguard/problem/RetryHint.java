package io.github.conflictguard.problem;

import java.util.Locale;

/** Whether sending a request again can help. */
public enum RetryHint {
  /** The request has to change before it can succeed. */
  NEVER,
  /** The same request may succeed after the client has read the current state. */
  REFRESH_THEN_RETRY,
  /** The same request, with a precondition. */
  WITH_PRECONDITION,
  /** The same request, with an idempotency key that no other request has carried. */
  WITH_NEW_KEY,
  /** The same request once the state of the record has changed. */
  AFTER_STATE_CHANGE,
  /** The identical request, a little later. */
  SAME_REQUEST;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Returns the name used in problem bodies. */
  public String code() {
    return code;
  }
}
