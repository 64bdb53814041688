package io.github.conflictguard.servlet.match;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path from a session to a value: the name of an attribute, followed by names of bean properties
 * or map keys, separated by dots. Names of attributes may contain dots themselves; the longest
 * existing one is used.
 */
final class AttributePath {

  private AttributePath() {}

  /** Returns the value as text; null when there is none, or the session is being invalidated. */
  static @Nullable String valueIn(HttpSession session, String path) {
    try {
      for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
        Object attribute = session.getAttribute(path.substring(0, end));
        if (attribute != null) {
          Object value = end == path.length() ? attribute : follow(attribute, path.substring(end));
          return value == null ? null : value.toString();
        }
      }
    } catch (IllegalStateException e) {
      // Invalidated by another request: it has no values any more.
    }
    return null;
  }

  private static @Nullable Object follow(Object attribute, String rest) {
    Object value = attribute;
    for (String name : rest.substring(1).split("\\.", -1)) {
      value = value instanceof Map ? ((Map<?, ?>) value).get(name) : property(value, name);
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  private static @Nullable Object property(Object bean, String name) {
    String capital =
        name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (String getter : new String[] {"get" + capital, "is" + capital, name}) {
      try {
        Method method = bean.getClass().getMethod(getter);
        if (!Modifier.isPublic(bean.getClass().getModifiers())) {
          method.setAccessible(true);
        }
        return method.invoke(bean);
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Try the next one. A getter that fails has no value.
      }
    }
    return null;
  }
}
