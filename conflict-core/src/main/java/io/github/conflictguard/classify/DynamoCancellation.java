package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.STALE_VERSION;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Collections;

/**
 * DynamoDB's cancelled transaction, which has a reason for each of its entries ({@code
 * TransactWriteItems} of its API reference); most of them are "None".
 */
final class DynamoCancellation {

  static final String[] CLASS_NAMES = {
    "com.amazonaws.services.dynamodbv2.model.TransactionCanceledException",
    "software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException",
  };

  private DynamoCancellation() {}

  static Verdict verdict(Throwable exception) {
    Object reasons = SafeReader.get(exception, "cancellationReasons"); // second version of the SDK
    if (reasons == null) {
      reasons = SafeReader.get(exception, "getCancellationReasons");
    }
    for (Object reason :
        reasons instanceof Iterable ? (Iterable<?>) reasons : Collections.emptyList()) {
      String code = SafeReader.text(reason, "code");
      code = code == null ? SafeReader.text(reason, "getCode") : code;
      if ("ConditionalCheckFailed".equals(code)) {
        return Verdict.conflict(STALE_VERSION);
      }
      if ("TransactionConflict".equals(code)) {
        return Verdict.conflict(TRANSIENT);
      }
    }
    return Verdict.UNDECIDED;
  }
}
