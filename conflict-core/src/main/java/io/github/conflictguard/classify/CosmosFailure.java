package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.STALE_VERSION;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;

/** Azure Cosmos DB: "HTTP status codes" of its REST reference. */
final class CosmosFailure {

  static final String[] CLASS_NAMES = {
    "com.azure.cosmos.CosmosException",
    "com.azure.data.cosmos.CosmosClientException", // version 3
    "com.microsoft.azure.documentdb.DocumentClientException", // version 2
    "com.microsoft.azure.cosmosdb.DocumentClientException", // version 2, asynchronous
  };

  private CosmosFailure() {}

  static Verdict verdict(Throwable exception) {
    Object status = SafeReader.get(exception, "getStatusCode");
    if (status == null) {
      status = SafeReader.get(exception, "statusCode");
    }
    switch (status instanceof Integer ? (Integer) status : 0) {
      case 409: // id, or unique key
        return Verdict.conflict(DUPLICATE_KEY);
      case 412: // entity tag
        return Verdict.conflict(STALE_VERSION);
      case 423:
        return Verdict.conflict(LOCKED);
      case 449: // retry with
        return Verdict.conflict(TRANSIENT);
      default:
        return Verdict.UNDECIDED;
    }
  }
}
