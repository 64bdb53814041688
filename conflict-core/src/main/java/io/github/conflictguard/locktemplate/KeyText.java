package io.github.conflictguard.locktemplate;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value in the key of a lock. A text that depends on the identity of an object would
 * never exclude another thread: such a value is refused, also as an element of a collection, as a
 * component of a record, or where its own text contains the identity.
 */
final class KeyText {

  /** Values deeper inside of others are not inspected. */
  private static final int LIMIT_OF_DEPTH = 8;

  private KeyText() {}

  /**
   * Returns the text of a value.
   *
   * @param path of the reference, for messages
   * @throws IllegalArgumentException if the text does not identify it
   */
  static String of(Object value, String path) {
    if (value instanceof Enum) {
      return ((Enum<?>) value).name();
    }
    String text = value.toString();
    Object without = isTextOwn(value) ? identityIn(text, value, 0) : value;
    if (without != null) {
      throw new IllegalArgumentException(
          "{"
              + path
              + (without == value ? "} is a " : "} contains a ")
              + without.getClass().getName()
              + ", whose text is another one for each instance; name a property of it");
    }
    return text;
  }

  /**
   * Returns the value, or the one inside of it, whose identity is a part of the text; null for
   * none.
   */
  private static @Nullable Object identityIn(String text, @Nullable Object value, int depth) {
    if (value == null || text.indexOf('@') < 0 || depth > LIMIT_OF_DEPTH) {
      return null;
    }
    if (value instanceof CharSequence || value instanceof Enum) {
      return null;
    }
    if (text.contains("@" + Integer.toHexString(System.identityHashCode(value)))) {
      return value;
    }
    for (Object part : partsOf(value)) {
      Object without = identityIn(text, part, depth + 1);
      if (without != null) {
        return without;
      }
    }
    return null;
  }

  private static boolean isTextOwn(Object value) {
    Class<?> type = value.getClass();
    try {
      return !type.isArray() && type.getMethod("toString").getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      return true;
    }
  }

  private static Collection<?> partsOf(Object value) {
    if (value instanceof Collection) {
      return (Collection<?>) value;
    }
    List<Object> parts = new ArrayList<>();
    if (value instanceof Map) {
      parts.addAll(((Map<?, ?>) value).keySet());
      parts.addAll(((Map<?, ?>) value).values());
    } else if (value instanceof Map.Entry) {
      parts.add(((Map.Entry<?, ?>) value).getKey());
      parts.add(((Map.Entry<?, ?>) value).getValue());
    } else if (value instanceof Optional) {
      ((Optional<?>) value).ifPresent(parts::add);
    } else if (isRecord(value.getClass())) {
      addComponents(value, parts);
    }
    return parts;
  }

  /** Compares by name: records came with Java 16. */
  private static boolean isRecord(Class<?> type) {
    Class<?> above = type.getSuperclass();
    return above != null && above.getName().equals("java.lang.Record");
  }

  private static void addComponents(Object record, List<Object> parts) {
    for (Field field : record.getClass().getDeclaredFields()) {
      try {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          Method accessor = record.getClass().getDeclaredMethod(field.getName());
          accessor.setAccessible(true);
          parts.add(accessor.invoke(record));
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        // A record whose components cannot be read is judged by its own text.
      }
    }
  }
}
