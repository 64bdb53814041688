package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;

/** Google Cloud Spanner, also inside of its JDBC driver: canonical codes of gRPC. */
final class SpannerFailure {

  static final String CLASS_NAME = "com.google.cloud.spanner.SpannerException";

  private SpannerFailure() {}

  /**
   * Returns the verdict for the status code. FAILED_PRECONDITION is a broken reference, a NULL, and
   * more.
   */
  static Verdict verdict(Throwable exception) {
    Object code = SafeReader.get(exception, "getErrorCode");
    switch (code instanceof Enum ? ((Enum<?>) code).name() : "") {
      case "ALREADY_EXISTS":
        return Verdict.conflict(DUPLICATE_KEY);
      case "ABORTED":
        return Verdict.conflict(TRANSIENT);
      default:
        return Verdict.UNDECIDED;
    }
  }
}
