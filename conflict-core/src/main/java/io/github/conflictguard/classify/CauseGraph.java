package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.SafeReader;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the throwables to which a thrown one leads, from the outermost to the innermost.
 *
 * <p>There is no list of wrapping exceptions: every edge of every throwable is followed. Cycles and
 * endless chains occur in practice (a driver's exception that is its own cause, a batch with one
 * entry for each of thousands of rows), hence iteration, comparison by identity, and limits.
 */
public final class CauseGraph {

  static final int MAX_DEPTH = 64;
  static final int MAX_NEXT = 100;
  static final int MAX_THROWABLES = 256;

  private final List<Throwable> found = new ArrayList<>();
  private @Nullable Step ahead;
  private int nextFollowed;

  private CauseGraph(Throwable thrown) {
    ahead = new Step(thrown, 0, null);
  }

  /**
   * Returns the thrown one first, followed by the throwables it leads to: next exceptions before
   * causes.
   */
  static List<Throwable> from(Throwable thrown) {
    CauseGraph walk = new CauseGraph(thrown);
    walk.run();
    return walk.found;
  }

  private void run() {
    for (Step step = ahead; step != null && found.size() < MAX_THROWABLES; step = ahead) {
      ahead = step.after;
      if (!isFound(step.throwable)) {
        found.add(step.throwable);
        lookAhead(step.throwable, step.depth);
      }
    }
  }

  /** Compares by identity: an exception may be equal to its cause. The list is short. */
  private boolean isFound(Throwable throwable) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) == throwable) {
        return true;
      }
    }
    return false;
  }

  /** Pushes the edges of a throwable; the one to follow first is pushed last. */
  private void lookAhead(Throwable from, int depth) {
    if (depth < MAX_DEPTH) {
      if (isBatchWithoutState(from)) {
        push(Arrays.asList(from.getSuppressed()), depth + 1);
      }
      push(LegacyCauses.beside(from), depth + 1);
      Throwable cause = SafeReader.cause(from);
      if (cause == null) {
        push(LegacyCauses.of(from), depth + 1);
      } else {
        push(cause, depth + 1);
      }
    }
    if (from instanceof SQLException && nextFollowed < MAX_NEXT) {
      SQLException next = SafeReader.read(((SQLException) from)::getNextException);
      if (next != null) {
        // The depth stays the same: the next exception is a sibling. It has a limit of its own, so
        // that a long batch neither hides the causes nor is truncated by the depth limit.
        nextFollowed++;
        push(next, depth);
      }
    }
  }

  /**
   * Returns whether suppressed exceptions are to be followed. Mostly they are failures to close
   * something after the actual failure, and are ignored. But some libraries move the entries of a
   * batch there, and leave a batch exception without a state.
   */
  private static boolean isBatchWithoutState(Throwable throwable) {
    return throwable instanceof BatchUpdateException
        && SafeReader.read(((BatchUpdateException) throwable)::getSQLState) == null;
  }

  private void push(List<? extends Throwable> inOrder, int depth) {
    for (int i = Math.min(inOrder.size(), MAX_THROWABLES) - 1; i >= 0; i--) {
      push(inOrder.get(i), depth);
    }
  }

  private void push(Throwable throwable, int depth) {
    ahead = new Step(throwable, depth, ahead);
  }

  /** A throwable to visit, and the step that follows. */
  private static final class Step {

    final Throwable throwable;
    final int depth;
    final @Nullable Step after;

    Step(Throwable throwable, int depth, @Nullable Step after) {
      this.throwable = throwable;
      this.depth = depth;
      this.after = after;
    }
  }
}
