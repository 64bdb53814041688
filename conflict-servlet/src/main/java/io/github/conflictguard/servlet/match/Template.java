package io.github.conflictguard.servlet.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text with references in braces, such as {@code customer/{id}}. Immutable and safe for use by
 * several threads.
 */
public final class Template {

  private final List<String> literals = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();

  private Template(String text) {
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("'" + text + "' has a { without its }");
      }
      literals.add(text.substring(from, open));
      references.add(Reference.parse(text.substring(open + 1, close)));
      from = close + 1;
    }
    literals.add(text.substring(from));
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if a reference is malformed
   */
  public static Template parse(String text) {
    return new Template(text);
  }

  /** Returns the references in order, including repetitions. Unmodifiable. */
  public List<Reference> references() {
    return Collections.unmodifiableList(references);
  }

  /** Returns the text with the same word in the place of every reference. */
  public String with(String placeholder) {
    return String.join(placeholder, literals);
  }

  /**
   * Inserts the values in such a way that different values result in different texts.
   *
   * @return null when the request lacks a value
   */
  public @Nullable String expand(Map<String, String> captured, RequestView facts) {
    String text = literals.get(0);
    for (int i = 0; i < references.size(); i++) {
      String value = references.get(i).valueIn(captured, facts);
      if (value == null) {
        return null;
      }
      text = text.concat(escaped(value)).concat(literals.get(i + 1));
    }
    return text;
  }

  /**
   * Inserts the values unchanged, for display.
   *
   * @return null when the request lacks a value
   */
  public @Nullable String fill(Map<String, String> captured, RequestView facts) {
    StringBuilder text = new StringBuilder(literals.get(0));
    for (int i = 0; i < references.size(); i++) {
      String value = references.get(i).valueIn(captured, facts);
      if (value == null) {
        return null;
      }
      text.append(value).append(literals.get(i + 1));
    }
    return text.toString();
  }

  private static String escaped(String value) {
    return value.indexOf('%') < 0 && value.indexOf('/') < 0
        ? value
        : value.replace("%", "%25").replace("/", "%2F");
  }
}
