package io.github.conflictguard.locktemplate;

import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of locks. The properties that a template names may be guarded methods themselves,
 * of this very object even: while a key is made they take no lock, or they would wait for the key
 * that they are asked for.
 */
public final class KeyNaming {

  @SuppressWarnings("ThreadLocalUsage") // Removed as soon as the key is made.
  private static final ThreadLocal<@Nullable Boolean> GOING_ON = new ThreadLocal<>();

  private KeyNaming() {}

  /** Returns the key for one invocation; null while this thread makes another one. */
  public static @Nullable String keyFor(
      LockTemplate template, @Nullable Object self, Object[] arguments, String handler) {
    if (template.isConstant()) {
      return isGoingOn() ? null : template.keyFor(self, arguments, handler);
    }
    if (GOING_ON.get() != null) {
      return null;
    }
    GOING_ON.set(true);
    try {
      return template.keyFor(self, arguments, handler);
    } finally {
      GOING_ON.remove();
    }
  }

  private static boolean isGoingOn() {
    boolean going = GOING_ON.get() != null;
    if (!going) {
      GOING_ON.remove();
    }
    return going;
  }
}
