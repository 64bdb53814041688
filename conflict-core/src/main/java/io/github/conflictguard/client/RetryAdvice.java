package io.github.conflictguard.client;

/** What a client can do about the response to a request. */
public enum RetryAdvice {
  /** Nothing automatic: the request succeeded, or has to change before it can succeed. */
  NEVER,

  /**
   * Read the resource again, apply the change to what was read, and send that with its entity tag.
   * The same request would be refused again.
   */
  REFRESH,

  /** Send the identical request again, after a random pause. */
  SAME,

  /** Send the identical request again, not before {@link ConflictAdvice#after()} has passed. */
  WAIT,

  /**
   * Send the request with an {@code Idempotency-Key} of its own: it had none where one is required,
   * or that of another request.
   */
  NEW_KEY
}
