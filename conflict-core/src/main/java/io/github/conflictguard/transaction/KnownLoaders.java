package io.github.conflictguard.transaction;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a class of which a class loader may have one or not, and asks each loader once.
 *
 * <p>Keeps neither loaders nor classes alive. Safe for use by several threads.
 */
final class KnownLoaders {

  private static final WeakReference<Class<?>> NONE = new WeakReference<>(null);

  private final String[] names;
  private final Map<ClassLoader, WeakReference<Class<?>>> found =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Looks for the first of several.
   *
   * @param names in the order in which they are tried
   */
  KnownLoaders(String... names) {
    this.names = names;
  }

  /**
   * The class, as the loader sees it.
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
        // Not there, or not to be used. Loaders of stopped applications throw all sorts.
      }
    }
    return null;
  }
}
