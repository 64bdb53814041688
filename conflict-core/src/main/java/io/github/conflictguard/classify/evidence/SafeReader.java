package io.github.conflictguard.classify.evidence;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads from exceptions that may be hostile, or half broken after a redeployment. */
public final class SafeReader {

  /**
   * Public getters by name, found once: an exception for each that is not there would cost more
   * than all the rest. Of the JDK's types alone, so that no class keeps this class's loader.
   */
  private static final ClassValue<Map<String, Optional<Method>>> GETTERS =
      new ClassValue<Map<String, Optional<Method>>>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private SafeReader() {}

  /** Returns what the accessor returns, or null when it throws. */
  public static <T> @Nullable T read(Callable<T> accessor) {
    try {
      return accessor.call();
    } catch (Throwable unreadable) {
      // Errors too (linkage, stack overflow): we are on the way of another throwable, and whatever
      // fails here must not take its place.
      return null;
    }
  }

  /** Returns the cause, or null when there is none or it cannot be had. */
  public static @Nullable Throwable cause(Throwable of) {
    try {
      return of.getCause();
    } catch (Throwable unreadable) {
      return null; // as above
    }
  }

  /**
   * Follows public getters of classes that are known by name only.
   *
   * @return null when one of them is not there, throws, or returns null
   */
  public static @Nullable Object get(Object from, String... getters) {
    Object value = from;
    for (String getter : getters) {
      Object target = value;
      value = SafeReader.<@Nullable Object>read(() -> call(getter, target));
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  private static @Nullable Object call(String getter, Object target)
      throws ReflectiveOperationException {
    Class<?> type = target.getClass();
    Map<String, Optional<Method>> getters = GETTERS.get(type);
    Optional<Method> method = getters.get(getter);
    if (method == null) {
      method = publicGetter(type, getter);
      getters.put(getter, method);
    }
    return method.isPresent() ? method.get().invoke(target) : null;
  }

  private static Optional<Method> publicGetter(Class<?> type, String name) {
    try {
      Method method = type.getMethod(name);
      if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
        // The drivers of R2DBC have their exceptions private; a module may keep them so.
        SafeReader.<@Nullable Object>read(
            () -> {
              method.setAccessible(true);
              return null;
            });
      }
      return Optional.of(method);
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  /** Like {@link #get} for getters that end in a text; null for anything else. */
  public static @Nullable String text(Object from, String... getters) {
    Object value = get(from, getters);
    return value instanceof String ? (String) value : null;
  }
}
