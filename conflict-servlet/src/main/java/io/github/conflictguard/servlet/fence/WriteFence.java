package io.github.conflictguard.servlet.fence;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.store.CommitLevel;
import io.github.conflictguard.store.CounterStore;
import io.github.conflictguard.store.FencedWrite;
import io.github.conflictguard.store.StoreException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One write of the application that is compared with writes of other nodes when it is committed.
 * Used by one thread at a time.
 */
public final class WriteFence {

  private static final Logger LOG = FilterNames.log();
  private static final String WITHOUT_AGENT = "unknown, without the agent";
  private static final String NO_COMMIT_SEEN = "unknown, no commit seen";

  private final CounterStore store;
  private final String id;
  private final FencedWrite write;
  private final boolean isConditional;
  private final CommitCounts commits;
  private final boolean compares;
  private long outside = CounterStore.UNWRITTEN;

  WriteFence(
      CounterStore store,
      String id,
      @Nullable Long expected,
      boolean isConditional,
      boolean refuses,
      CommitCounts commits) {
    this.store = store;
    this.id = id;
    this.isConditional = isConditional;
    this.commits = commits;
    this.compares = expected != null;
    this.write =
        expected == null
            ? FencedWrite.unconditional(store, id, refuses, commits)
            : FencedWrite.from(store, id, expected, refuses, commits);
  }

  /**
   * Creates the counter if there is none. Called when the write is admitted, so that refused
   * requests store nothing.
   */
  public void prepare() throws StoreException {
    store.ensure(id);
  }

  /** Begins to check the commits of this thread. Followed by {@link #close()}. */
  public void open() {
    write.open();
  }

  /** Ends the checks of this thread. The request may continue on another one. */
  public void close() {
    write.close();
  }

  /** Returns the exception by which a commit was refused; null if there is none. */
  public @Nullable Throwable refusal() {
    return write.refusal();
  }

  /** Returns whether a commit was refused, and none has passed before. */
  public boolean hasStoredNothing() {
    return write.refusal() != null && !write.isAdvanced();
  }

  /** Returns the kind of conflict of a refused commit. */
  public ConflictKind kind() {
    return isConditional ? ConflictKind.STALE_VERSION : ConflictKind.TRANSIENT;
  }

  /**
   * Ends the write. A write that may have been stored otherwise than in a checked transaction is
   * counted now: after the last statement in auto-commit mode, too, since another request may have
   * read the new counter before the statement took effect.
   *
   * @param hasStoredNothing whether it has certainly stored nothing
   */
  public void end(boolean hasStoredNothing) {
    try {
      if (write.isLastChecked()) {
        outside = compares ? store.advanceFrom(id, write.value()) : store.advance(id);
      } else if (!write.isAdvanced() && !hasStoredNothing && write.refusal() == null) {
        if (!write.hasReported()) {
          boolean isSeen = SharedCounters.level() == CommitLevel.FENCED;
          commits.committed(CommitLevel.LOCAL, isSeen ? NO_COMMIT_SEEN : WITHOUT_AGENT);
        }
        outside = store.advance(id);
      }
    } catch (StoreException e) {
      LOG.log(Level.SEVERE, "A write could not be counted: other nodes do not notice it", e);
    }
  }

  /** Returns the value of the counter after this write. */
  public long value() {
    return outside == CounterStore.UNWRITTEN ? write.value() : outside;
  }
}
