package io.github.conflictguard.servlet.match;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, with error messages that contain the position. */
public final class Fields {

  private final String place;
  private final Map<?, ?> object;
  private final Set<String> known = new TreeSet<>();

  private Fields(String place, Map<?, ?> object) {
    this.place = place;
    this.object = object;
  }

  /**
   * Returns the fields of a JSON object.
   *
   * @param place the beginning of error messages
   * @throws InvalidRuleException if the value is not an object, or has a field that is null
   */
  public static Fields of(String place, @Nullable Object value) throws InvalidRuleException {
    if (!(value instanceof Map)) {
      throw new InvalidRuleException(place + " is " + shown(value) + "; accepted is an object");
    }
    for (Map.Entry<?, ?> field : ((Map<?, ?>) value).entrySet()) {
      if (field.getValue() == null) {
        throw new InvalidRuleException(
            place
                + ", field '"
                + field.getKey()
                + "' is null; accepted is a value, or an object without the field");
      }
    }
    return new Fields(place, (Map<?, ?>) value);
  }

  /** Returns the same fields with another description of their place. */
  public Fields named(String betterPlace) {
    return new Fields(betterPlace, object);
  }

  /** Returns the value of a field, of any type; null when the field is missing. */
  public @Nullable Object any(String name) {
    known.add(name);
    return object.get(name);
  }

  /**
   * Returns a text that is not blank; null when the field is missing.
   *
   * @throws InvalidRuleException if the value is not a text, or blank
   */
  public @Nullable String text(String name) throws InvalidRuleException {
    Object value = any(name);
    if (value != null && (!(value instanceof String) || ((String) value).trim().isEmpty())) {
      throw wrong(name, "text");
    }
    return (String) value;
  }

  /** Returns a text that may be empty; null when the field is missing. */
  public @Nullable String textOrEmpty(String name) throws InvalidRuleException {
    Object value = any(name);
    if (value != null && !(value instanceof String)) {
      throw wrong(name, "text");
    }
    return (String) value;
  }

  /**
   * Returns a text that is not blank.
   *
   * @throws InvalidRuleException if the field is missing, not a text, or blank
   */
  public String requiredText(String name) throws InvalidRuleException {
    String value = text(name);
    if (value == null) {
      throw new InvalidRuleException(place + " lacks the field '" + name + "'");
    }
    return value;
  }

  /**
   * Returns a Boolean value; null when the field is missing.
   *
   * @throws InvalidRuleException if the value is not Boolean
   */
  public @Nullable Boolean trueOrFalse(String name) throws InvalidRuleException {
    Object value = any(name);
    if (value != null && !(value instanceof Boolean)) {
      throw wrong(name, "true and false");
    }
    return (Boolean) value;
  }

  /**
   * Returns a whole number that is not negative; null when the field is missing.
   *
   * @throws InvalidRuleException if the value is anything else
   */
  public @Nullable Integer number(String name) throws InvalidRuleException {
    Object value = any(name);
    Object number = value instanceof BigDecimal ? whole((BigDecimal) value) : value;
    if (number != null && (!(number instanceof Integer) || (Integer) number < 0)) {
      throw wrong(name, "whole numbers from 0 to " + Integer.MAX_VALUE);
    }
    return (Integer) number;
  }

  /** Returns {@code 5} for {@code 5.0}, which is the same number in JSON; else the value itself. */
  private static Object whole(BigDecimal value) {
    try {
      return value.intValueExact();
    } catch (ArithmeticException e) {
      return value;
    }
  }

  /** Returns a text, or a list of texts; empty when the field is missing. None of them is blank. */
  public List<String> texts(String name) throws InvalidRuleException {
    Object value = any(name);
    List<?> values =
        value == null
            ? Collections.emptyList()
            : value instanceof List ? (List<?>) value : Collections.singletonList(value);
    List<String> texts = new ArrayList<>();
    for (Object each : values) {
      if (!(each instanceof String) || ((String) each).trim().isEmpty()) {
        throw wrong(name, "a text and a list of texts");
      }
      texts.add((String) each);
    }
    return texts;
  }

  /** Returns an object; one without fields when the field is missing. */
  public Fields object(String name) throws InvalidRuleException {
    Object value = any(name);
    return value == null
        ? new Fields(name, Collections.emptyMap())
        : of(place + ", field '" + name + "'", value);
  }

  /** Returns a list of objects, each of which is validated separately. */
  public List<Fields> objects(String name) throws InvalidRuleException {
    Object value = any(name);
    List<Fields> objects = new ArrayList<>();
    if (value == null) {
      return objects;
    }
    if (!(value instanceof List)) {
      throw wrong(name, "lists of objects");
    }
    for (Object each : (List<?>) value) {
      objects.add(of(place + ", field '" + name + "', number " + (objects.size() + 1), each));
    }
    return objects;
  }

  /** Returns the names of all fields, including unknown ones. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    object.keySet().forEach(name -> names.add(String.valueOf(name)));
    return names;
  }

  /**
   * Returns the constant whose code is the value of the field.
   *
   * @throws InvalidRuleException if the field is missing, or matches none of the constants
   */
  public <T extends Enum<T>> T requiredOneOf(String name, T[] constants, Function<T, String> code)
      throws InvalidRuleException {
    T constant = oneOf(name, constants, code);
    if (constant == null) {
      throw new InvalidRuleException(place + " lacks the field '" + name + "'");
    }
    return constant;
  }

  /** Returns the constant whose code is the value of the field; null when the field is missing. */
  public <T extends Enum<T>> @Nullable T oneOf(String name, T[] constants, Function<T, String> code)
      throws InvalidRuleException {
    String value = text(name);
    if (value == null) {
      return null;
    }
    for (T constant : constants) {
      if (code.apply(constant).equals(value)) {
        return constant;
      }
    }
    throw wrong(name, Arrays.toString(Arrays.stream(constants).map(code).toArray()));
  }

  /** Parses a value with a parser that rejects it by an IllegalArgumentException. */
  public <T> T parsed(String name, String value, Function<String, T> parser)
      throws InvalidRuleException {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidRuleException(place + ", field '" + name + "': " + e.getMessage());
    }
  }

  /** Checks that the object has no other fields than those that were read. */
  public void end() throws InvalidRuleException {
    for (Object name : object.keySet()) {
      String current = RenamedFields.currentName(String.valueOf(name));
      if (current != null && known.contains(current) && !known.contains(String.valueOf(name))) {
        throw new InvalidRuleException(place + " " + RenamedFields.message(String.valueOf(name)));
      }
      if (!known.contains(String.valueOf(name))) {
        throw new InvalidRuleException(
            place + " has the unknown field '" + name + "'; accepted are " + known);
      }
    }
  }

  /**
   * Creates an exception for an invalid value of a field.
   *
   * @param accepted the valid values, for the message
   */
  public InvalidRuleException wrong(String name, String accepted) {
    return new InvalidRuleException(
        place
            + ", field '"
            + name
            + "' is "
            + shown(object.get(name))
            + "; accepted are "
            + accepted);
  }

  /** Returns the place of these fields: the beginning of a message. */
  @Override
  public String toString() {
    return place;
  }

  private static String shown(@Nullable Object value) {
    return value instanceof String ? "'" + value + "'" : String.valueOf(value);
  }
}
