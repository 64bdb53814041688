package io.github.conflictguard.locktemplate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference in the template of a lock: a parameter by index or name, or {@code this}, and the
 * path of properties from there.
 *
 * <p>Immutable.
 */
final class LockReference {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final String THIS = "this";

  private final String start;
  private final List<String> properties;

  private LockReference(String start, List<String> properties) {
    this.start = start;
    this.properties = properties;
  }

  /**
   * Parses the text between braces.
   *
   * @param template for messages
   */
  static LockReference parse(String text, String template) {
    List<String> steps = Arrays.asList(text.split("\\.", -1));
    List<String> properties = steps.subList(1, steps.size());
    String start = steps.get(0);
    if ((!isName(start) && !NUMBER.matcher(start).matches())
        || !properties.stream().allMatch(LockReference::isName)) {
      throw new IllegalArgumentException(
          template
              + " has the reference {"
              + text
              + "}; accepted are a parameter by number or name, and properties of it:"
              + " {0}, {id}, {0.id}, {order.customer.id}");
    }
    return new LockReference(start, properties);
  }

  LockReference resolved(List<String> names, int parameters, String template) {
    if (start.equals(THIS)) {
      return this;
    }
    int number = isName(start) ? names.indexOf(start) : Integer.parseInt(start);
    if (number < 0 || number >= parameters) {
      throw new IllegalArgumentException(
          template
              + " refers to {"
              + this
              + "}, but there is no parameter '"
              + start
              + "'; there "
              + known(names, parameters));
    }
    return new LockReference(Integer.toString(number), properties);
  }

  private static String known(List<String> names, int parameters) {
    if (parameters == 0) {
      return "are none";
    }
    String numbers = parameters == 1 ? "is {0}" : "are {0} to {" + (parameters - 1) + "}";
    return names.isEmpty()
        ? numbers + "; names are known in classes compiled with -parameters or -g alone"
        : numbers + ", by name " + String.join(", ", names);
  }

  /**
   * Returns the text for this reference in the key.
   *
   * @throws IllegalArgumentException if it is null, or its text does not identify it
   */
  String textIn(@Nullable Object self, Object[] arguments) {
    Object value = start.equals(THIS) ? self : argument(arguments);
    String path = start;
    for (String property : properties) {
      value = Property.of(demanded(value, path), property);
      path = path + "." + property;
    }
    return KeyText.of(demanded(value, path), path);
  }

  private @Nullable Object argument(Object[] arguments) {
    int number = isName(start) ? arguments.length : Integer.parseInt(start);
    if (number >= arguments.length) {
      throw new IllegalArgumentException("there is no argument {" + start + "}");
    }
    return arguments[number];
  }

  private static Object demanded(@Nullable Object value, String path) {
    Object content = value instanceof Optional ? ((Optional<?>) value).orElse(null) : value;
    if (content == null) {
      throw new IllegalArgumentException(
          "{" + path + (value == null ? "} is null" : "} is an empty Optional"));
    }
    return content;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && Character.isJavaIdentifierStart(text.charAt(0))
        && text.chars().allMatch(Character::isJavaIdentifierPart);
  }

  @Override
  public String toString() {
    return properties.isEmpty() ? start : start + "." + String.join(".", properties);
  }
}
