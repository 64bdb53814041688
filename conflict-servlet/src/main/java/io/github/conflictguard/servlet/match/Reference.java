package io.github.conflictguard.servlet.match;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference in braces inside a template: a variable that the pattern captured, {@code user}, or
 * {@code session.} and the path to an attribute. {@code :number} at its end applies to SQL only.
 * Immutable.
 */
public final class Reference {

  static final String USER = "user";
  static final String SESSION = "session.";

  private static final Pattern FORM =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*|session\\.[A-Za-z_][^{}:]*");

  private static final String NUMBER = ":number";

  private final String name;
  private final boolean number;

  private Reference(String name, boolean number) {
    this.name = name;
    this.number = number;
  }

  static Reference parse(String text) {
    boolean number = text.endsWith(NUMBER);
    String name = number ? text.substring(0, text.length() - NUMBER.length()) : text;
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'{"
              + text
              + "}' is not a reference; accepted are {variable}, {user} and {session.attribute},"
              + " each with :number at its end where SQL needs a number");
    }
    return new Reference(name, number);
  }

  /** Returns whether a pattern has to capture it. */
  public boolean isVariable() {
    return !name.equals(USER) && !name.startsWith(SESSION);
  }

  /** Returns whether it refers to an attribute of the session. */
  public boolean isOfSession() {
    return name.startsWith(SESSION);
  }

  /** Returns whether it is passed to SQL as a number. */
  public boolean isNumber() {
    return number;
  }

  /** Returns the value in a request; null when the request has none. */
  public @Nullable String valueIn(Map<String, String> captured, RequestView facts) {
    if (name.equals(USER)) {
      return facts.user();
    }
    return name.startsWith(SESSION)
        ? facts.session(name.substring(SESSION.length()))
        : captured.get(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
