package io.github.conflictguard.recorder;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the exceptions that are made on a thread between {@link #begin()} and {@link #end()},
 * and forgets those that turned out not to matter.
 *
 * <p>Filled by the agent alone: it lets the constructors of known exception classes call {@link
 * #note}, and JDBC drivers what tells that a later attempt succeeded. Without the agent a recording
 * stays empty.
 *
 * <p>With the agent this class is loaded by the boot class loader, and every web application sees
 * the same. A recording never outlives its {@link #end()}, so no thread keeps an application alive.
 */
public final class Recorder {

  /** How many exceptions of one request are remembered: the newest, which tell how it ended. */
  public static final int LIMIT = 64;

  private static final Throwable[] NOTHING = {};

  @SuppressWarnings("ThreadLocalUsage") // One for the JVM.
  private static final ThreadLocal<@Nullable Recorder> CURRENT = new ThreadLocal<>();

  /** Room is made by the first note: most requests have none. */
  private Throwable[] noted = NOTHING;

  private int count;

  /** Whether something was changed after the last note, in a transaction that is not over yet. */
  private boolean changed;

  private Recorder() {}

  /** Begins a recording on this thread, and drops one that nobody ended. */
  public static void begin() {
    CURRENT.set(new Recorder());
  }

  /**
   * Ends the recording of this thread.
   *
   * @return what was noted, the oldest first; nothing if there is no recording
   */
  public static Throwable[] end() {
    Throwable[] noted = soFar();
    CURRENT.remove();
    return noted;
  }

  /** What was noted up to now, the oldest first; the recording goes on. */
  public static Throwable[] soFar() {
    Recorder recorder = CURRENT.get();
    return recorder == null || recorder.count == 0
        ? NOTHING
        : Arrays.copyOf(recorder.noted, recorder.count);
  }

  /** Called by the constructor of an exception, when all but its subclass's part is done. */
  public static void note(Throwable thrown) {
    Recorder recorder = CURRENT.get();
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
   * Called by JDBC drivers when a statement has changed rows. If nothing else is needed to make
   * that last, it counts as {@link #stored()}; else the commit does.
   *
   * @param count how many rows
   * @param statement a {@code java.sql.Statement}, which the boot class loader does not know
   */
  public static void updated(long count, Object statement) {
    Recorder recorder = CURRENT.get();
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
    Recorder recorder = CURRENT.get();
    if (recorder != null && recorder.changed) {
      recorder.forget();
    }
  }

  /** Called by JDBC drivers when a transaction was rolled back. */
  public static void rolledBack() {
    Recorder recorder = CURRENT.get();
    if (recorder != null) {
      recorder.changed = false;
    }
  }

  /**
   * Called when something was stored on this thread after all: whatever was noted before did not
   * keep the application from its work.
   */
  public static void stored() {
    Recorder recorder = CURRENT.get();
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
