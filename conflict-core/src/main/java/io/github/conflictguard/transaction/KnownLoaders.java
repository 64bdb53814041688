package io.github.conflictguard.transaction;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a class that may be absent, with one look-up for each class loader.
 *
 * <p>Holds loaders and classes weakly. Thread-safe.
 */
final class KnownLoaders {

  private static final WeakReference<Class<?>> NONE = new WeakReference<>(null);

  private final String[] names;
  private final Map<ClassLoader, WeakReference<Class<?>>> found =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Creates an instance that finds the first of several classes.
   *
   * @param names in the order in which they are tried
   */
  KnownLoaders(String... names) {
    this.names = names;
  }

  /**
   * Returns the class that is visible to the loader; null if there is none.
   *
   * @param loader null for none
   */
  @Nullable Class<?> in(@Nullable ClassLoader loader) {
    if (loader == null) {
      return null;
    }
    WeakReference<Class<?>> known = found.get(loader);
    if (known == null) {
      Class<?> looked = lookFor(loader);
      found.put(loader, looked == null ? NONE : new WeakReference<>(looked));
      return looked;
    }
    return known.get();
  }

  private @Nullable Class<?> lookFor(ClassLoader loader) {
    for (String name : names) {
      try {
        return Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
        // Absent or unusable. Loaders of stopped applications throw various exceptions.
      }
    }
    return null;
  }
}
