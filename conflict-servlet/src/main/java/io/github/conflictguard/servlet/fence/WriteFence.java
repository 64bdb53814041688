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
  private static final String UNKNOWN = "unknown, without the agent";

  private final CounterStore store;
  private final String id;
  private final FencedWrite write;
  private final boolean isConditional;
  private final CommitCounts commits;
  private boolean isCreated;
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
    isCreated = store.ensure(id);
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
   * Ends the write. A write that may have been stored otherwise than by a checked commit is counted
   * now.
   *
   * @param hasStoredNothing whether it has certainly stored nothing
   */
  public void end(boolean hasStoredNothing) {
    if (write.isAdvanced()) {
      return;
    }
    try {
      if (!hasStoredNothing && write.refusal() == null) {
        outside = store.advance(id);
        if (SharedCounters.level() == CommitLevel.LOCAL) {
          commits.committed(CommitLevel.LOCAL, UNKNOWN);
        }
      } else if (isCreated) {
        store.discard(id);
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
