package io.github.conflictguard.recorder;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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

  /**
   * Begins the first argument for an event of the {@link CommitHook}, which follows. The second
   * argument is an array: the subject or null, and the details if there are any.
   */
  public static final String HOOK = "hook:";

  /**
   * Passes a call on to the recorder; unknown calls are ignored.
   *
   * @param what one of the constants, or the {@code Long} number of changed rows
   * @param subject the exception, the statement or the connection, or an array
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
    } else if (CommitHook.isUsed() && what instanceof String && ((String) what).startsWith(HOOK)) {
      hook(((String) what).substring(HOOK.length()), (Object[]) subject);
    }
  }

  private static void hook(String event, @Nullable Object[] subject) {
    if (subject.length == 3 && subject[0] != null && subject[1] != null && subject[2] != null) {
      CommitHook.ending(subject[0], subject[1], (Integer) subject[2]);
    } else {
      CommitHook.on(event, subject[0], subject.length == 1 ? null : subject[1]);
    }
  }
}
