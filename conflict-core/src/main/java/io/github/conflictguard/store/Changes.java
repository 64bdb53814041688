package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that have changed something since their last commit. Each layer of wrappers
 * around a connection is recorded as one of its own: {@code Statement.getConnection()} returns the
 * connection of the layer of the statement. Not thread-safe.
 */
final class Changes {

  private static final int MOST_READS = 1024;

  private final List<Connection> changed = new ArrayList<>();

  private final Map<BranchId, List<Connection>> suspended = new HashMap<>();

  /** Statements that were prepared while all of them were plain reads. */
  private final Set<Statement> reads = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The methods in progress that prepare a statement: wrappers call each other. */
  private int preparations;

  /** Whether one of them prepares what is not a plain read. */
  private boolean isWritePrepared;

  /** Records that a statement is about to be prepared. */
  void preparing(@Nullable String sql) {
    if (preparations++ == 0) {
      isWritePrepared = false;
    }
    isWritePrepared |= sql == null || !SqlText.isPlainRead(sql);
  }

  /** Records a statement that was prepared. */
  void prepared(Statement statement) {
    preparations = Math.max(0, preparations - 1);
    if (!isWritePrepared && reads.size() < MOST_READS) {
      reads.add(statement);
    }
  }

  /**
   * Returns whether the execution of a statement may change data.
   *
   * @param sql null if it was prepared
   */
  boolean mayChange(Statement statement, @Nullable String sql) {
    return sql == null ? !reads.contains(statement) : !SqlText.isPlainRead(sql);
  }

  /** Records that a connection has changed something. */
  void add(Connection connection) {
    for (Connection known : changed) {
      if (known == connection) {
        return;
      }
    }
    changed.add(connection);
  }

  /** Removes a connection; returns whether it has changed something. */
  boolean remove(Connection connection) {
    preparations = 0; // Those that have failed are not reported.
    return changed.removeIf(known -> known == connection);
  }

  /** Keeps the connections of a branch aside until it ends. */
  void suspend(BranchId branch) {
    suspended.computeIfAbsent(branch, any -> new ArrayList<>()).addAll(changed);
    changed.clear();
  }

  /** Removes the connections of a branch, and returns them. */
  List<Connection> removeAll(BranchId branch) {
    List<Connection> all = suspended.getOrDefault(branch, new ArrayList<>());
    suspended.remove(branch);
    all.addAll(changed);
    changed.clear();
    return all;
  }
}
