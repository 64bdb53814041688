package io.github.conflictguard.recorder;

import java.lang.reflect.Method;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Access to the {@link CommitHook} that the agent's classes call, if the agent is present; see
 * {@link Recordings}. Thread-safe.
 */
public final class CommitHooks {

  /** Null if the hook of this copy is used. */
  private static final @Nullable Method SET = ofAgent();

  private CommitHooks() {}

  /** Returns whether JDBC drivers in this JVM call the hook. */
  public static boolean areInstalled() {
    boolean isOfBootLoader = CommitHook.class.getClassLoader() == null;
    return (SET != null || isOfBootLoader) && Recordings.isInstalled();
  }

  /**
   * Sets the listener of this thread.
   *
   * @param listener null for none
   * @return the previous one; null if there was none
   */
  @SuppressWarnings("unchecked") // Both copies have the same type, which belongs to the JDK.
  public static @Nullable BiConsumer<Object, Object> set(
      @Nullable BiConsumer<Object, Object> listener) {
    if (SET == null) {
      return CommitHook.set(listener);
    }
    try {
      return (BiConsumer<Object, Object>) SET.invoke(null, listener);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The agent is of another version", e);
    }
  }

  private static @Nullable Method ofAgent() {
    try {
      Class<?> found =
          Class.forName("io.github.conflictguard.agent.recorder.CommitHook", false, null);
      return found == CommitHook.class ? null : found.getMethod("set", BiConsumer.class);
    } catch (ClassNotFoundException | NoSuchMethodException | LinkageError e) {
      return null;
    }
  }
}
