package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB: one class for everything, so the code decides ("Error Codes" of its manual). A bulk
 * write has one for each entry. The label "TransientTransactionError" is not evidence: lost
 * connections and a new primary have it too.
 */
final class MongoFailure {

  static final String CLASS_NAME = "com.mongodb.MongoException";

  /**
   * {@code E11000 duplicate key error collection: db.c index: email_1 dup key: { email: "a@x" }};
   * old servers write {@code index: db.c.$email_1}. The value follows the name.
   */
  private static final Pattern INDEX =
      Pattern.compile(
          "^[^{]*(?:WriteError\\{[^{]*)?\\bE110\\d\\d duplicate key error [^{]*?index: (\\S+) +dup key: ");

  private MongoFailure() {}

  static Verdict verdict(Throwable exception) {
    Verdict own = verdictOf(exception);
    if (own.isDecided()) {
      return own;
    }
    for (Object error : entries(SafeReader.get(exception, "getWriteErrors"))) {
      Verdict verdict = verdictOf(error);
      if (verdict.isDecided()) {
        return verdict;
      }
    }
    return Verdict.UNDECIDED;
  }

  /**
   * Returns the entries of a list; since 5.3 the errors may also be a map by index, when several
   * collections are written.
   */
  private static Iterable<?> entries(@Nullable Object errors) {
    if (errors instanceof Map) {
      return ((Map<?, ?>) errors).values();
    }
    return errors instanceof Iterable ? (Iterable<?>) errors : Collections.emptyList();
  }

  /** Judges an exception, or an entry of a bulk write. */
  private static Verdict verdictOf(Object error) {
    Object code = SafeReader.get(error, "getCode");
    switch (code instanceof Integer ? (Integer) code : 0) {
      case 11000:
      case 11001: // old servers, in an update
      case 12582: // old servers, sharded
        return Verdict.conflict(DUPLICATE_KEY, index(error));
      case 112: // write conflict
        return Verdict.conflict(TRANSIENT);
      case 24: // lock timeout
        return Verdict.conflict(LOCKED);
      default:
        return Verdict.UNDECIDED;
    }
  }

  private static @Nullable String index(Object error) {
    String message = SafeReader.text(error, "getMessage");
    String index = message == null ? null : ConstraintName.find(INDEX, message);
    return ConstraintName.clean(index == null ? null : index.substring(index.lastIndexOf('$') + 1));
  }
}
