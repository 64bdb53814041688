package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.servlet.config.FilterNames;
import java.lang.reflect.Constructor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Creates objects of classes that refer to libraries which may be missing. */
final class OptionalClass {

  private static final Logger LOG = FilterNames.log();

  private OptionalClass() {}

  /**
   * Creates an object of a class of this package.
   *
   * @param name the simple name of the class
   * @return null if its library is missing, or a version that does not fit
   */
  static <T> @Nullable T create(Class<T> type, String name) {
    String full = type.getPackage().getName() + '.' + name;
    try {
      Constructor<?> constructor =
          Class.forName(full, true, type.getClassLoader()).getDeclaredConstructor();
      return type.cast(constructor.newInstance());
    } catch (LinkageError | ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, e, () -> "There is no library for " + full);
      return null;
    }
  }
}
