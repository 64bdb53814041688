package io.github.conflictguard.conflict;

import static java.util.Collections.singletonList;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Collects the throwables behind a thrown one, from the outside to the inside.
 *
 * <p>Which exceptions wrap others is not listed anywhere: every edge of every throwable is
 * followed. Cycles and endless chains exist in the wild (a driver's exception that is its own
 * cause, a batch with one entry for each of thousands of rows), hence no recursion, identity, and
 * limits.
 */
final class CauseWalk {

  static final int MAX_DEPTH = 64;
  static final int MAX_NEXT = 100;
  static final int MAX_THROWABLES = 256;

  private final List<Throwable> found = new ArrayList<>();
  private final Deque<Step> ahead = new ArrayDeque<>();
  private int nextFollowed;

  private CauseWalk() {}

  /** Returns the thrown one first, then what it leads to: next exceptions before causes. */
  static List<Throwable> from(Throwable thrown) {
    CauseWalk walk = new CauseWalk();
    walk.ahead.push(new Step(thrown, 0));
    walk.run();
    return walk.found;
  }

  private void run() {
    while (!ahead.isEmpty() && found.size() < MAX_THROWABLES) {
      Step step = ahead.pop();
      if (!isFound(step.throwable)) {
        found.add(step.throwable);
        lookAhead(step);
      }
    }
  }

  /** By identity: an exception may be equal to its cause. There are few of them. */
  private boolean isFound(Throwable throwable) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) == throwable) {
        return true;
      }
    }
    return false;
  }

  /** Stacks the edges of a throwable: the one to follow first comes last. */
  private void lookAhead(Step step) {
    Throwable from = step.throwable;
    if (step.depth < MAX_DEPTH) {
      if (isBatchWithoutState(from)) {
        push(Arrays.asList(from.getSuppressed()), step.depth + 1);
      }
      push(LegacyCauses.beside(from), step.depth + 1);
      Throwable cause = Guarded.read(from::getCause);
      push(cause == null ? LegacyCauses.of(from) : singletonList(cause), step.depth + 1);
    }
    if (from instanceof SQLException && nextFollowed < MAX_NEXT) {
      SQLException next = Guarded.read(((SQLException) from)::getNextException);
      if (next != null) {
        // Not deeper: the next exception stands beside this one. It has a limit of its own, so that
        // a long batch neither hides the causes nor is cut off by the depth.
        nextFollowed++;
        push(singletonList(next), step.depth);
      }
    }
  }

  /**
   * Suppressed exceptions are mostly failures to close something, thrown on the way of the real
   * reason, and then count for nothing. But some libraries move the entries of a batch there, and
   * leave a batch exception that itself says nothing.
   */
  private static boolean isBatchWithoutState(Throwable throwable) {
    return throwable instanceof BatchUpdateException
        && Guarded.read(((BatchUpdateException) throwable)::getSQLState) == null;
  }

  private void push(List<? extends Throwable> inOrder, int depth) {
    for (int i = Math.min(inOrder.size(), MAX_THROWABLES) - 1; i >= 0; i--) {
      ahead.push(new Step(inOrder.get(i), depth));
    }
  }

  private static final class Step {

    final Throwable throwable;
    final int depth;

    Step(Throwable throwable, int depth) {
      this.throwable = throwable;
      this.depth = depth;
    }
  }
}
