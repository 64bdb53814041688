package io.github.conflictguard.locktemplate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a property of an object: the key of a map, {@code getId()}, {@code isId()}, {@code id()},
 * or a public field, in this order. Does not cache, so classes remain collectable.
 */
final class Property {

  private Property() {}

  /**
   * Returns the value of a property.
   *
   * @throws IllegalArgumentException if there is no such property, or it could not be read
   */
  static @Nullable Object of(Object owner, String name) {
    if (owner instanceof Map) {
      return ((Map<?, ?>) owner).get(name);
    }
    Class<?> type = owner.getClass();
    try {
      Method getter = getter(type, name);
      return getter == null ? type.getField(name).get(owner) : getter.invoke(owner);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(failure(type, name), e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(failure(type, name), e);
    }
  }

  private static String failure(Class<?> type, String name) {
    return "the property '" + name + "' of " + type.getName() + " cannot be read";
  }

  private static @Nullable Method getter(Class<?> type, String name) {
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    for (String candidate : new String[] {"get" + capital, "is" + capital, name}) {
      Method method = find(type, candidate);
      if (method != null && method.getReturnType() != void.class) {
        return callable(type, method);
      }
    }
    return null;
  }

  /**
   * Returns a callable method: a public method of a non-public class can be called through the type
   * that declares it first.
   */
  private static Method callable(Class<?> type, Method method) {
    if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
      for (Class<?> at = type; at != null; at = at.getSuperclass()) {
        Method open = openIn(at, method.getName());
        if (open != null) {
          return open;
        }
      }
      method.setAccessible(true);
    }
    return method;
  }

  private static @Nullable Method openIn(Class<?> type, String name) {
    Method own = Modifier.isPublic(type.getModifiers()) ? find(type, name) : null;
    if (own != null && Modifier.isPublic(own.getDeclaringClass().getModifiers())) {
      return own;
    }
    for (Class<?> implemented : type.getInterfaces()) {
      Method open = openIn(implemented, name);
      if (open != null) {
        return open;
      }
    }
    return null;
  }

  private static @Nullable Method find(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
