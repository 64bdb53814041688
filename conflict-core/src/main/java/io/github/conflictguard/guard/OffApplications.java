package io.github.conflictguard.guard;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The applications whose guards are disabled, by their class loaders, held by weak references.
 * Thread-safe.
 */
final class OffApplications {

  private static final Set<ClassLoader> OFF =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Whether there is any: usually there is none, and no look-up takes place. */
  private static volatile boolean any;

  private OffApplications() {}

  static void set(ClassLoader application, boolean off) {
    if (off) {
      OFF.add(application);
    } else {
      OFF.remove(application);
    }
    any = !OFF.isEmpty();
  }

  /** Returns whether this thread belongs to one of these applications. */
  static boolean isCurrent() {
    return any && contains(Thread.currentThread().getContextClassLoader());
  }

  private static boolean contains(@Nullable ClassLoader loader) {
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (OFF.contains(each)) {
        return true;
      }
    }
    return false;
  }
}
