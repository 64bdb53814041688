package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemJson;
import org.jspecify.annotations.Nullable;

/** An executed request. Immutable. */
final class KeyedRecord {

  final RequestFingerprint fingerprint;

  /** The time at which it was stored, as {@link System#nanoTime()}. */
  final long stored;

  /** The time at which it is discarded, as {@link System#nanoTime()}. */
  final long expires;

  /** The conflict with which the filter has responded; null for none. */
  final @Nullable ProblemDetail problem;

  KeyedRecord(
      RequestFingerprint fingerprint, long stored, long expires, @Nullable ProblemDetail problem) {
    this.fingerprint = fingerprint;
    this.stored = stored;
    this.expires = expires;
    this.problem = problem;
  }

  /** Returns the same record without the response of the filter. */
  KeyedRecord withoutProblem() {
    return problem == null ? this : new KeyedRecord(fingerprint, stored, expires, null);
  }

  /** Returns its approximate size in bytes. */
  int size() {
    int more = problem == null ? 0 : 2 * ProblemJson.write(problem).length;
    return KeyedRequests.SIZE_OF_RECORD + more;
  }
}
