package io.github.conflictguard.recorder;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records the exceptions that are created on a thread between {@link #begin()} and {@link #end()},
 * and drops those that turn out to be irrelevant.
 *
 * <p>Used by the agent only: it inserts calls of {@link #note} into the constructors of known
 * exception classes, and calls into JDBC drivers that report the success of a later attempt.
 * Without the agent a recording stays empty.
 *
 * <p>With the agent this class is loaded by the boot class loader, and shared by all web
 * applications. A recording is discarded by {@link #end()}, so that threads do not keep an
 * application reachable.
 */
public final class Recorder {

  /**
   * The maximum number of exceptions recorded for one request: the most recent ones, which
   * determine its outcome.
   */
  public static final int LIMIT = 64;

  private static final Throwable[] NOTHING = {};

  @SuppressWarnings("ThreadLocalUsage") // One for the JVM.
  private static final ThreadLocal<@Nullable Recorder> CURRENT = new ThreadLocal<>();

  /** Allocated by the first exception: most requests have none. */
  private Throwable[] noted = NOTHING;

  private int count;

  /** Whether rows were changed after the last exception, in a transaction that is still active. */
  private boolean changed;

  /** Whether the reports are about work that is not the application's. */
  private boolean isPaused;

  private Recorder() {}

  /** Begins a recording on this thread, and drops one that was not ended. */
  public static void begin() {
    CURRENT.set(new Recorder());
  }

  /**
   * Ends the recording of this thread.
   *
   * @return the recorded exceptions, oldest first; empty if there is no recording
   */
  public static Throwable[] end() {
    Throwable[] noted = soFar();
    CURRENT.remove();
    return noted;
  }

  /** Returns the exceptions recorded so far, oldest first; the recording continues. */
  public static Throwable[] soFar() {
    Recorder recorder = CURRENT.get();
    return recorder == null || recorder.count == 0
        ? NOTHING
        : Arrays.copyOf(recorder.noted, recorder.count);
  }

  /**
   * Ignores everything on this thread until {@link #resume()}.
   *
   * @return false if there is no recording, or it is paused
   */
  static boolean pause() {
    Recorder recorder = CURRENT.get();
    if (recorder == null || recorder.isPaused) {
      return false;
    }
    recorder.isPaused = true;
    return true;
  }

  /** Continues a recording after {@link #pause()}. */
  static void resume() {
    Recorder recorder = CURRENT.get();
    if (recorder != null) {
      recorder.isPaused = false;
    }
  }

  private static @Nullable Recorder current() {
    Recorder recorder = CURRENT.get();
    return recorder == null || recorder.isPaused ? null : recorder;
  }

  /** Called by the constructor of an exception, before the part of its subclass is completed. */
  public static void note(Throwable thrown) {
    Recorder recorder = current();
    if (recorder != null && !recorder.isNoted(thrown)) {
      if (recorder.noted.length == 0) {
        recorder.noted = new Throwable[LIMIT];
      }
      if (recorder.count == LIMIT) {
        System.arraycopy(recorder.noted, 1, recorder.noted, 0, --recorder.count);
      }
      recorder.noted[recorder.count++] = thrown;
      recorder.changed = false;
    }
  }

  /**
   * Called by JDBC drivers when a statement has changed rows. In auto-commit mode it counts as
   * {@link #stored()}; otherwise the commit does.
   *
   * @param count the number of rows
   * @param statement a {@code java.sql.Statement}, a type that is not visible to the boot class
   *     loader
   */
  public static void updated(long count, Object statement) {
    Recorder recorder = current();
    if (recorder != null && recorder.count > 0 && count > 0) {
      if (AutoCommit.isOnFor(statement)) {
        recorder.forget();
      } else {
        recorder.changed = true;
      }
    }
  }

  /** Called by JDBC drivers when a transaction was committed. */
  public static void committed() {
    Recorder recorder = current();
    if (recorder != null && recorder.changed) {
      recorder.forget();
    }
  }

  /** Called by JDBC drivers when a transaction was rolled back. */
  public static void rolledBack() {
    Recorder recorder = current();
    if (recorder != null) {
      recorder.changed = false;
    }
  }

  /**
   * Called when changes were stored on this thread: exceptions recorded before did not prevent the
   * application from completing its work.
   */
  public static void stored() {
    Recorder recorder = current();
    if (recorder != null) {
      recorder.forget();
    }
  }

  private void forget() {
    Arrays.fill(noted, 0, count, null);
    count = 0;
    changed = false;
  }

  private boolean isNoted(Throwable thrown) {
    for (int i = 0; i < count; i++) {
      if (noted[i] == thrown) {
        return true;
      }
    }
    return false;
  }
}
