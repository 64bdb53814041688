package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.store.CommitLevel;
import io.github.conflictguard.store.StoreException;
import java.util.Collections;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports writes that are not protected against other nodes, although a store is configured.
 * Thread-safe.
 */
public final class StoreFindings {

  private final Findings findings;
  private volatile Supplier<Map<String, Long>> commits = Collections::emptyMap;

  StoreFindings(Findings findings) {
    this.findings = findings;
  }

  /** Sets the source of the counts of commits. */
  public void countCommits(Supplier<Map<String, Long>> counts) {
    commits = counts;
  }

  /** Returns the commits of guarded writes by level and database; empty without a store. */
  public Map<String, Long> commits() {
    return commits.get();
  }

  /** Called when a commit of a guarded write was not fenced. */
  public void unfenced(CommitLevel level, String database) {
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

  /**
   * Called when the store cannot be used for a write.
   *
   * @param rule the rule of the write; null when it has none
   * @param refused whether the write is refused for that
   */
  public void unavailable(@Nullable String rule, boolean refused, StoreException reason) {
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
