package io.github.conflictguard.recorder;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes calls of JDBC drivers to a listener on the thread that makes them, before they take
 * effect: the listener may refuse a commit by throwing an exception. Without a listener a call
 * costs the read of one field.
 *
 * <p>Used by the agent only, like the {@link Recorder}. The listener is an interface of the JDK,
 * because it belongs to an application, and JDBC is not visible to the boot class loader. It
 * receives one of the constants, and an array of the subject and the details.
 */
public final class CommitHook {

  /** A statement is about to be executed. Details: its SQL, or null. */
  public static final String EXECUTING = "executing";

  /** A statement is about to be prepared by a connection. Details: its SQL. */
  public static final String PREPARING = "preparing";

  /** A statement was prepared; it is the subject. */
  public static final String PREPARED = "prepared";

  /** A commit is about to begin. Each one is followed by one of the next two events. */
  public static final String COMMITTING = "committing";

  /** The method that was about to commit has returned. The subject is null. */
  public static final String COMMITTED = "committed";

  /** The method that was about to commit has thrown an exception. The subject is null. */
  public static final String COMMIT_FAILED = "commitFailed";

  /** Auto-commit is about to be set, like a commit. Details: {@code "true"} or {@code "false"}. */
  public static final String AUTO_COMMIT = "autoCommit";

  /** A transaction was rolled back. */
  public static final String ROLLED_BACK = "rolledBack";

  /** Work in a branch of a global transaction begins. */
  public static final String STARTED_BRANCH = "startedBranch";

  /** The work in a branch of a global transaction is about to end. Details: its id, the flags. */
  public static final String ENDING_BRANCH = "endingBranch";

  /** A branch of a global transaction was committed. */
  public static final String COMMITTED_BRANCH = "committedBranch";

  /** A branch of a global transaction was rolled back. */
  public static final String ROLLED_BACK_BRANCH = "rolledBackBranch";

  /** False as long as no listener was ever set in this JVM. */
  private static volatile boolean used;

  @SuppressWarnings("ThreadLocalUsage") // One for the JVM.
  private static final ThreadLocal<@Nullable BiConsumer<Object, Object>> CURRENT =
      new ThreadLocal<>();

  private CommitHook() {}

  /**
   * Sets the listener of this thread.
   *
   * @return the previous one; null if there was none
   */
  public static @Nullable BiConsumer<Object, Object> set(
      @Nullable BiConsumer<Object, Object> listener) {
    BiConsumer<Object, Object> previous = CURRENT.get();
    if (listener == null) {
      CURRENT.remove();
    } else {
      used = true;
      CURRENT.set(listener);
    }
    return previous;
  }

  /** Returns whether a listener was ever set in this JVM. */
  static boolean isUsed() {
    return used;
  }

  /** Called by JDBC drivers. */
  public static void on(String event, @Nullable Object subject, @Nullable Object detail) {
    if (used) {
      pass(event, new @Nullable Object[] {subject, detail});
    }
  }

  /** Called by XA resources. */
  public static void ending(Object resource, Object id, int flags) {
    if (used) {
      pass(ENDING_BRANCH, new @Nullable Object[] {resource, id, flags});
    }
  }

  private static void pass(String event, @Nullable Object[] details) {
    BiConsumer<Object, Object> listener = CURRENT.get();
    if (listener != null) {
      // What the listener does in the database is not done by the application.
      boolean paused = Recorder.pause();
      try {
        listener.accept(event, details);
      } finally {
        if (paused) {
          Recorder.resume();
        }
      }
    }
  }
}
