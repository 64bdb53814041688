package io.github.conflictguard.store;

import static io.github.conflictguard.recorder.CommitHook.AUTO_COMMIT;
import static io.github.conflictguard.recorder.CommitHook.COMMITTED;
import static io.github.conflictguard.recorder.CommitHook.COMMITTED_BRANCH;
import static io.github.conflictguard.recorder.CommitHook.COMMITTING;
import static io.github.conflictguard.recorder.CommitHook.COMMIT_FAILED;
import static io.github.conflictguard.recorder.CommitHook.ENDING_BRANCH;
import static io.github.conflictguard.recorder.CommitHook.EXECUTING;
import static io.github.conflictguard.recorder.CommitHook.PREPARED;
import static io.github.conflictguard.recorder.CommitHook.PREPARING;
import static io.github.conflictguard.recorder.CommitHook.ROLLED_BACK;
import static io.github.conflictguard.recorder.CommitHook.ROLLED_BACK_BRANCH;
import static io.github.conflictguard.recorder.CommitHook.STARTED_BRANCH;

import io.github.conflictguard.recorder.CommitHooks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A write whose commits are checked: in the transaction of the application, immediately before it
 * is committed, the counter of the resource is compared with the value that was read before the
 * request was judged, and advanced. If another write came first, the transaction is rolled back,
 * and the commit throws a {@link java.sql.SQLTransactionRollbackException}; all later commits of
 * the same request are refused, too. After a deadlock or another passing conflict the application
 * may try again.
 *
 * <p>Requires the agent: without it commits are not seen, and {@link #isAdvanced()} stays false.
 * Used by one thread at a time.
 */
public final class FencedWrite implements BiConsumer<Object, Object> {

  private final CommitCheck check;
  private final Changes changes = new Changes();

  /** The methods in progress that commit, the innermost first. */
  private final Deque<Object> commits = new ArrayDeque<>();

  private boolean isChecked;

  /** Whether this thread works in a branch, where drivers may report auto-commit mode. */
  private boolean isInBranch;

  private @Nullable BiConsumer<Object, Object> previous;

  private FencedWrite(CommitCheck check) {
    this.check = check;
  }

  /**
   * Returns a write that is based on a state.
   *
   * @param expected the value of the counter, read before that state; the counter exists
   * @param refuses whether a commit is refused if the counter cannot be compared
   */
  public static FencedWrite from(
      CounterStore store, String id, long expected, boolean refuses, CommitReport report) {
    return new FencedWrite(new CommitCheck(store, id, expected, true, refuses, report));
  }

  /** Returns a write that only advances the counter, which exists, and is never stale. */
  public static FencedWrite unconditional(
      CounterStore store, String id, boolean refuses, CommitReport report) {
    return new FencedWrite(
        new CommitCheck(store, id, CounterStore.UNWRITTEN, false, refuses, report));
  }

  /** Starts to check the commits of this thread. Must be followed by {@link #close()}. */
  public void open() {
    previous = CommitHooks.set(this);
  }

  /** Stops checking the commits of this thread. */
  public void close() {
    CommitHooks.set(previous);
    previous = null;
    commits.clear();
  }

  /** Returns the exception by which a commit was refused; null if there is none. */
  public @Nullable SQLException refusal() {
    return check.refusal();
  }

  /** Returns whether the counter was advanced with a commit, or immediately before a statement. */
  public boolean isAdvanced() {
    return check.isAdvanced();
  }

  /** Returns the value of the counter after the last commit, or the expected one. */
  public long value() {
    return check.value();
  }

  /** Returns whether the last commit was compared only before a statement in auto-commit mode. */
  public boolean isLastChecked() {
    return check.isLastChecked();
  }

  /** Returns whether a commit was reported, at any level. */
  public boolean hasReported() {
    return check.hasReported();
  }

  /** Called by the agent's hook. */
  @Override
  public void accept(Object event, Object subjectAndDetails) {
    try {
      on((String) event, (Object[]) subjectAndDetails);
    } catch (SQLException | XAException e) {
      throw FencedWrite.<RuntimeException>unchecked(e);
    }
  }

  private void on(String event, Object[] details) throws SQLException, XAException {
    Object subject = details[0];
    if (check.isBusy() && !event.equals(ROLLED_BACK)) {
      return;
    }
    switch (event) {
      case PREPARING:
        changes.preparing((String) details[1]);
        break;
      case PREPARED:
        if (subject instanceof Statement) {
          changes.prepared((Statement) subject);
        }
        break;
      case EXECUTING:
        if (subject instanceof Statement) {
          executing((Statement) subject, (String) details[1]);
        }
        break;
      case AUTO_COMMIT:
      case COMMITTING:
        committing(subject, event.equals(COMMITTING) || "true".equals(details[1]));
        break;
      case COMMITTED:
      case COMMIT_FAILED:
        ended(event.equals(COMMITTED));
        break;
      case ROLLED_BACK:
        if (subject instanceof Connection) {
          changes.remove((Connection) subject);
          check.rolledBack();
        }
        break;
      case STARTED_BRANCH:
        isInBranch = true;
        break;
      case ENDING_BRANCH:
        isInBranch = false;
        ending((XAResource) subject, (Xid) details[1], (Integer) details[2]);
        break;
      case COMMITTED_BRANCH:
        check.committed();
        break;
      case ROLLED_BACK_BRANCH:
        check.rolledBack();
        break;
      default:
        break; // Of a newer agent.
    }
  }

  private void executing(Statement statement, @Nullable String sql) throws SQLException {
    Connection connection = statement.getConnection();
    if (connection == null) {
      return;
    }
    boolean isOfCommit = isInCommit(); // Some drivers send a statement.
    if (sql != null && SqlText.isCommit(sql)) {
      if (!isOfCommit && changes.remove(connection)) {
        check.beforeCommit(connection);
        check.committed();
      }
    } else if (changes.mayChange(statement, sql)) {
      if (!isOfCommit && !isInBranch && connection.getAutoCommit()) {
        check.beforeStatement(connection);
      } else {
        changes.add(connection);
      }
    }
  }

  /** Checks the first of nested calls that concerns a connection with changes. */
  private void committing(Object subject, boolean commits) throws SQLException {
    boolean isOutermost = !isInCommit();
    isChecked &= !isOutermost;
    if (commits && subject instanceof Connection) {
      Connection connection = (Connection) subject;
      if (changes.remove(connection) && !isChecked) {
        check.beforeCommit(connection);
        isChecked = true;
      }
    }
    this.commits.push(subject);
  }

  private void ended(boolean isDone) {
    this.commits.poll();
    if (!isInCommit()) {
      if (isDone) {
        check.committed();
      } else {
        check.rolledBack();
      }
    }
  }

  /** Other classes of an application may have methods with such names, too. */
  private boolean isInCommit() {
    for (Object subject : commits) {
      if (subject instanceof Connection) {
        return true;
      }
    }
    return false;
  }

  private void ending(XAResource resource, Xid id, int flags) throws SQLException, XAException {
    if (flags == XAResource.TMSUSPEND) {
      changes.suspend(new BranchId(id));
      return;
    }
    List<Connection> changed = changes.removeAll(new BranchId(id));
    Connection connection = flags == XAResource.TMSUCCESS ? check.nearest(changed) : null;
    if (connection != null && !check.passesBranch(connection)) {
      resource.end(id, XAResource.TMFAIL);
      throw new XAException(XAException.XA_RBROLLBACK);
    }
  }

  /** Methods of JDBC declare the exceptions, the interface of the hook does not. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }
}
