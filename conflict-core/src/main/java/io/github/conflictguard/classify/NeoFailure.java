package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;

/**
 * Neo4j ("Neo4j status codes" of its documentation). Its transient errors include a database that
 * is down and exhausted memory, so the code decides.
 */
final class NeoFailure {

  static final String CLASS_NAME = "org.neo4j.driver.exceptions.Neo4jException";

  private NeoFailure() {}

  static Verdict verdict(Throwable exception) {
    String code = SafeReader.text(exception, "code");
    switch (code == null ? "" : code) {
      case "Neo.TransientError.Transaction.DeadlockDetected":
      case "Neo.TransientError.Transaction.LockClientStopped":
      case "Neo.TransientError.Transaction.Outdated":
        return Verdict.conflict(TRANSIENT);
      default:
        return Verdict.UNDECIDED;
    }
  }
}
