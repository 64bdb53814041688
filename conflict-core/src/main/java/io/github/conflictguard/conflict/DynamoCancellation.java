package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.ConflictKind.STALE_VERSION;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

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
    Object reasons = Guarded.get(exception, "cancellationReasons"); // second version of the SDK
    if (reasons == null) {
      reasons = Guarded.get(exception, "getCancellationReasons");
    }
    for (Object reason :
        reasons instanceof Iterable ? (Iterable<?>) reasons : Collections.emptyList()) {
      String code = Guarded.text(reason, "code");
      code = code == null ? Guarded.text(reason, "getCode") : code;
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
