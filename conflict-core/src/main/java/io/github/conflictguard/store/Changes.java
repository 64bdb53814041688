package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
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

  /** Statements that were prepared while all of them were plain reads. */
  private final Set<Statement> reads = Collections.newSetFromMap(new IdentityHashMap<>());

  private boolean isWritePrepared;

  /** Records that a statement is prepared. */
  void preparing(@Nullable String sql) {
    isWritePrepared |= sql == null || !SqlText.isPlainRead(sql);
  }

  /** Records a statement that was prepared. */
  void prepared(Statement statement) {
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
    return changed.removeIf(known -> known == connection);
  }

  /** Removes all connections; returns the last one that is open, which is nearest to a driver. */
  @Nullable Connection removeAll() throws SQLException {
    Connection last = null;
    for (Connection connection : changed) {
      last = connection.isClosed() ? last : connection;
    }
    changed.clear();
    return last;
  }
}
