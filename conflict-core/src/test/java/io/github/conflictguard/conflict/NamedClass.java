package io.github.conflictguard.conflict;

import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;

/** Stands in for classes of libraries that are not on our class path: what counts is the name. */
public final class NamedClass {

  private NamedClass() {}

  public static Throwable throwable(Class<? extends Throwable> parent, String name)
      throws Exception {
    return (Throwable) instance(parent, name, Map.of());
  }

  /** An instance of a new public class with public getters that return these values. */
  public static Object instance(Class<?> parent, String name, Map<String, ?> getters)
      throws Exception {
    DynamicType.Builder<?> type = new ByteBuddy().subclass(parent).name(name);
    for (Map.Entry<String, ?> getter : getters.entrySet()) {
      Object value = getter.getValue();
      type =
          type.defineMethod(getter.getKey(), typeOf(value), Visibility.PUBLIC)
              .intercept(InvocationHandlerAdapter.of((proxy, method, arguments) -> value));
    }
    return type.make()
        // Child first, for names that are on the class path after all. The parent may be such a
        // class.
        .load(loaderOf(parent), ClassLoadingStrategy.Default.CHILD_FIRST)
        .getLoaded()
        .getConstructor()
        .newInstance();
  }

  private static Class<?> typeOf(Object value) {
    if (value instanceof Integer) {
      return int.class;
    }
    return value instanceof String ? String.class : Object.class;
  }

  private static ClassLoader loaderOf(Class<?> parent) {
    return parent.getClassLoader() == null
        ? NamedClass.class.getClassLoader()
        : parent.getClassLoader();
  }
}
