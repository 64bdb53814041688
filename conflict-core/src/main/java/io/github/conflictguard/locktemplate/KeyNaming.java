package io.github.conflictguard.locktemplate;

import org.jspecify.annotations.Nullable;

/**
 * Computes the keys of locks. The getters that a template refers to may be guarded methods
 * themselves, even of the same object: while a key is computed they acquire no lock, because they
 * would wait for the key being computed.
 */
public final class KeyNaming {

  @SuppressWarnings("ThreadLocalUsage") // Removed once the key is computed.
  private static final ThreadLocal<@Nullable Boolean> GOING_ON = new ThreadLocal<>();

  private KeyNaming() {}

  /** Returns the key for one invocation; null while this thread computes another one. */
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
