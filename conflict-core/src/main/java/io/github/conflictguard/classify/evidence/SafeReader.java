package io.github.conflictguard.classify.evidence;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads properties of exceptions that may be hostile, or half broken after a redeployment. */
public final class SafeReader {

  /**
   * Public getters by name, looked up once: an exception for each missing one would dominate the
   * cost. Consists of types of the JDK only, so that no class keeps the loader of this class
   * reachable.
   */
  private static final ClassValue<Map<String, Optional<Method>>> GETTERS =
      new ClassValue<Map<String, Optional<Method>>>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private SafeReader() {}

  /** Returns the result of the accessor, or null when it throws. */
  public static <T> @Nullable T read(Callable<T> accessor) {
    try {
      return accessor.call();
    } catch (Throwable unreadable) {
      // Errors too (linkage, stack overflow): another throwable is being handled, and no failure
      // here may replace it.
      return null;
    }
  }

  /** Returns the cause, or null when there is none or it cannot be read. */
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
   * @return null when one of them is missing, throws, or returns null
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
        // R2DBC drivers have exception classes that are not public; a module may prevent access to
        // them.
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

  /** Returns the value of {@link #get} if it is a string; null for any other value. */
  public static @Nullable String text(Object from, String... getters) {
    Object value = get(from, getters);
    return value instanceof String ? (String) value : null;
  }
}
