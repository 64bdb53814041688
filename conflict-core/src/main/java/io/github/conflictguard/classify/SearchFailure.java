package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.STALE_VERSION;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The clients of Elasticsearch and OpenSearch, whose exceptions carry the HTTP status: 409 is a
 * version conflict, and no other failure ("Optimistic concurrency control" of their guides).
 */
final class SearchFailure {

  static final String[] CLASS_NAMES = {
    "org.elasticsearch.ElasticsearchStatusException", // high-level REST client
    "org.opensearch.OpenSearchStatusException",
    "org.elasticsearch.client.ResponseException", // low-level REST client
    "org.opensearch.client.ResponseException",
    "co.elastic.clients.elasticsearch._types.ElasticsearchException",
    "org.opensearch.client.opensearch._types.OpenSearchException",
  };

  private static final int CONFLICT = 409;

  private SearchFailure() {}

  static Verdict verdict(Throwable exception) {
    return isConflict(SafeReader.get(exception, "status")) // a number, or an enum
            || isConflict(SafeReader.get(exception, "status", "getStatus"))
            || isConflict(
                SafeReader.get(exception, "getResponse", "getStatusLine", "getStatusCode"))
        ? Verdict.conflict(STALE_VERSION)
        : Verdict.UNDECIDED;
  }

  private static boolean isConflict(@Nullable Object status) {
    return Integer.valueOf(CONFLICT).equals(status);
  }
}
