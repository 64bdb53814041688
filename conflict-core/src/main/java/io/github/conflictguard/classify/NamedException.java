package io.github.conflictguard.classify;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Matches exceptions by the names of their classes, which may be defined by another class loader.
 */
public final class NamedException {

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

  /** Chains of causes may be cyclic. */
  private static final int MOST_CAUSES = 64;

  private NamedException() {}

  /** Returns whether a text is a valid binary name of a class. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Returns whether a throwable, or one of its causes, is an instance of one of these classes. */
  public static boolean isAmong(Set<String> names, Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && !names.isEmpty() && depth < MOST_CAUSES; depth++) {
      if (isOf(at.getClass(), names)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static boolean isOf(Class<?> type, Set<String> names) {
    for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (names.contains(each.getName())) {
        return true;
      }
    }
    return false;
  }
}
