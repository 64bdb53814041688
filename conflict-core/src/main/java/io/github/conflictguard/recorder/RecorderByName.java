package io.github.conflictguard.recorder;

import java.util.function.BiConsumer;

/**
 * The {@link Recorder} for classes whose class loader does not delegate to the boot class loader,
 * as in JBoss Modules and OSGi. Such a class loads this one by its name and calls it through an
 * interface of the JDK. Thread-safe.
 */
public final class RecorderByName implements BiConsumer<Object, Object> {

  /** The first argument for an exception. */
  public static final String NOTE = "note";

  /** The first argument for a commit. */
  public static final String COMMITTED = "committed";

  /** The first argument for a rollback. */
  public static final String ROLLED_BACK = "rolledBack";

  /** Begins the first argument for an event of the {@link CommitHook}; event and detail follow. */
  public static final String HOOK = "hook:";

  /**
   * Passes a call on to the recorder; unknown calls are ignored.
   *
   * @param what one of the constants, or the {@code Long} number of changed rows
   * @param subject the exception, the statement or the connection
   */
  @Override
  public void accept(Object what, Object subject) {
    if (what instanceof Long) {
      Recorder.updated((Long) what, subject);
    } else if (NOTE.equals(what)) {
      Recorder.note((Throwable) subject);
    } else if (COMMITTED.equals(what)) {
      Recorder.committed();
    } else if (ROLLED_BACK.equals(what)) {
      Recorder.rolledBack();
    } else if (what instanceof String && ((String) what).startsWith(HOOK)) {
      hook(((String) what).substring(HOOK.length()), subject);
    }
  }

  private static void hook(String text, Object subject) {
    int end = text.indexOf(':');
    String detail = end < 0 ? null : text.substring(end + 1);
    CommitHook.on(end < 0 ? text : text.substring(0, end), subject, detail);
  }
}
