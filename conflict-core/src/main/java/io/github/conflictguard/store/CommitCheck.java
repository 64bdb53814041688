package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares and advances the counter of one request in its transactions. Not thread-safe. */
final class CommitCheck {

  private static final long NONE = -1;

  private final CounterStore store;
  private final String id;
  private final boolean compares;
  private final boolean refuses;
  private final CommitReport report;

  /** The value after the last commit. */
  private long committed;

  /** The value in a transaction that is not yet committed. */
  private long pending = NONE;

  private String database = "";
  private @Nullable CommitLevel reported;
  private boolean isAdvanced;
  private boolean isLastChecked;
  private boolean isBusy;
  private @Nullable SQLException refusal;

  /** Whether another write came first, so that no transaction of the request can pass. */
  private boolean isStale;

  CommitCheck(
      CounterStore store,
      String id,
      long expected,
      boolean compares,
      boolean refuses,
      CommitReport report) {
    this.store = store;
    this.id = id;
    this.committed = expected;
    this.compares = compares;
    this.refuses = refuses;
    this.report = report;
  }

  @Nullable SQLException refusal() {
    return refusal;
  }

  boolean isAdvanced() {
    return isAdvanced;
  }

  boolean isLastChecked() {
    return isLastChecked;
  }

  /** Returns whether the level of a commit was reported. */
  boolean hasReported() {
    return reported != null;
  }

  long value() {
    return committed;
  }

  /**
   * Returns the last open connection to the database of the store, or to another one if there is
   * none: the last one is nearest to a driver.
   */
  @Nullable Connection nearest(List<Connection> connections) throws SQLException {
    Connection last = null;
    boolean isLastIn = false;
    isBusy = true;
    try {
      for (Connection connection : connections) {
        boolean isOpen = !connection.isClosed();
        boolean isIn = isOpen && store.isIn(connection);
        if (isIn || (isOpen && !isLastIn)) {
          last = connection;
          isLastIn = isIn;
        }
      }
    } finally {
      isBusy = false;
    }
    return last;
  }

  /** Returns whether a check is in progress: what drivers report then is its own work. */
  boolean isBusy() {
    return isBusy;
  }

  /**
   * Checks a transaction with changes.
   *
   * @throws SQLTransactionRollbackException if it is refused; it was rolled back then
   */
  void beforeCommit(Connection connection) throws SQLException {
    isBusy = true;
    try {
      if (!connection.getAutoCommit() && !passes(connection)) {
        SQLException refused = refused();
        try {
          connection.rollback();
        } catch (SQLException e) {
          refused.addSuppressed(e);
        }
        throw refused;
      }
    } finally {
      isBusy = false;
    }
  }

  /** Checks a transaction that belongs to a branch; returns false if it is to be rolled back. */
  boolean passesBranch(Connection connection) throws SQLException {
    isBusy = true;
    try {
      if (passes(connection)) {
        return true;
      }
      refused();
      return false;
    } finally {
      isBusy = false;
    }
  }

  /**
   * Checks a statement in auto-commit mode.
   *
   * @throws SQLTransactionRollbackException if it is refused
   */
  void beforeStatement(Connection connection) throws SQLException {
    isBusy = true;
    try {
      if (!passes(connection)) {
        throw refused();
      }
      if (pending != NONE) {
        advanced(CommitLevel.CHECKED);
      }
    } finally {
      isBusy = false;
    }
  }

  /** Records that the checked transaction was committed. */
  void committed() {
    if (pending != NONE) {
      advanced(CommitLevel.FENCED);
    }
  }

  /** Records that the checked transaction was not committed, or perhaps not. */
  void rolledBack() {
    pending = NONE;
  }

  private void advanced(CommitLevel level) {
    committed = pending;
    pending = NONE;
    isAdvanced = true;
    isLastChecked = level == CommitLevel.CHECKED;
    refusal = isStale ? refusal : null; // The application has tried again.
    report(level);
  }

  private void report(CommitLevel level) {
    reported = level;
    report.committed(level, database);
  }

  /** Compares and advances the counter; returns false if the transaction is refused. */
  private boolean passes(Connection connection) throws SQLException {
    if (isStale) {
      return false;
    }
    database = DatabaseAddress.of(connection);
    if (isReadOnly(connection)) {
      return true;
    }
    if (!store.isIn(connection)) {
      report(CommitLevel.LOCAL);
      return true;
    }
    Savepoint savepoint = refuses || connection.getAutoCommit() ? null : savepoint(connection);
    try {
      return advances(connection);
    } catch (SQLException e) {
      if (Failures.isOfFailedTransaction(e) || Failures.isOfReadOnlyTransaction(e)) {
        return true; // Nothing will be stored.
      }
      if (Failures.isConflict(e)) {
        reportOverlap();
        return false;
      }
      report.failed(database, e);
      if (refuses) {
        return false;
      }
      if (savepoint != null) {
        connection.rollback(savepoint);
      }
      report(CommitLevel.LOCAL);
      return true;
    }
  }

  private boolean advances(Connection connection) throws SQLException {
    long now = pending == NONE ? committed : pending;
    long next = CounterStore.after(now);
    boolean passes =
        compares ? store.advance(connection, id, now, next) : store.advance(connection, id);
    if (passes) {
      pending = next;
    } else if (compares) {
      isStale = true;
      reportOverlap();
    }
    return passes;
  }

  /** A transaction may have begun before an earlier commit of the same request, and not see it. */
  private void reportOverlap() {
    if (isAdvanced) {
      report.overlapped(database);
    }
  }

  /** After a failed statement PostgreSQL executes nothing, and commits nothing. */
  private static @Nullable Savepoint savepoint(Connection connection) {
    try {
      return connection.setSavepoint();
    } catch (SQLException e) {
      return null;
    }
  }

  /** On other databases the property is a hint, and data can be changed nevertheless. */
  private boolean isReadOnly(Connection connection) throws SQLException {
    return database.startsWith("jdbc:postgresql:") && connection.isReadOnly();
  }

  private SQLException refused() {
    SQLException refused =
        new SQLTransactionRollbackException(
            "Another write of the same resource was committed first; nothing was stored", "40001");
    refusal = refusal == null ? refused : refusal;
    return refused;
  }
}
