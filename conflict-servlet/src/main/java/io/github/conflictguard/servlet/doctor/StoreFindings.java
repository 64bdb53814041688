package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.store.CommitLevel;
import io.github.conflictguard.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Reports writes that are not protected against other nodes, although a store is configured. */
final class StoreFindings {

  private StoreFindings() {}

  /** Adds the finding for a commit that was not fenced. */
  static void addUnfenced(Findings findings, CommitLevel level, String database) {
    findings.add(
        FindingCode.UNFENCED_COMMIT,
        level + " " + database,
        "A guarded write was not fenced in its commit, only "
            + level
            + "; database: "
            + database.replaceAll("[^!-~ ]", "?"),
        level == CommitLevel.CHECKED
            ? "Let the application write in transactions: in auto-commit mode another node can write"
                + " between the comparison and the statement"
            : "Start the JVM with -javaagent, and name the data source in \"store\" that leads to the"
                + " database of the guarded records, with the same address");
  }

  /** Adds the finding for a store that cannot be used. */
  static void addUnavailable(
      Findings findings, @Nullable String rule, boolean refused, StoreException reason) {
    findings.add(
        FindingCode.STORE_UNAVAILABLE,
        String.valueOf(rule) + refused,
        "The store of the nodes cannot be used"
            + Findings.ofRule(rule)
            + ", so that "
            + (refused ? "writes are refused" : "updates of other nodes can be lost")
            + ": "
            + reason.getMessage(),
        "Make its database available; \"withoutStore\" of the rule determines what happens until"
            + " then");
  }
}
