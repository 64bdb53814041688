package io.github.conflictguard.servlet.idempotency;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The statuses of errors that are responses to a request for good. */
public final class StoredStatus {

  /** Refusals after which the same request may succeed: after a login, or a little later. */
  private static final Set<Integer> PASSING = new HashSet<>(Arrays.asList(401, 403, 408, 429));

  private static final int CONFLICT = 409;

  private StoredStatus() {}

  /**
   * Returns whether a repetition gets the response with this status.
   *
   * @param later whether the response has a {@code Retry-After}
   * @param stores5xx whether server errors are stored
   */
  public static boolean isStored(int status, boolean later, boolean stores5xx) {
    return status >= 500 ? stores5xx : !PASSING.contains(status) && !(status == CONFLICT && later);
  }
}
