package io.github.conflictguard.locktemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The template of a lock's key: text with references in braces. A literal brace is doubled.
 *
 * <p>Immutable.
 */
public final class LockTemplate {

  /** The texts before, between and after the references. */
  private final List<String> texts;

  private final List<LockReference> references;

  private LockTemplate(List<String> texts, List<LockReference> references) {
    this.texts = texts;
    this.references = references;
  }

  /** Returns a template with this constant key, braces included. */
  public static LockTemplate literal(String key) {
    List<String> texts = new ArrayList<>();
    texts.add(key);
    return new LockTemplate(texts, new ArrayList<>());
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if it is invalid
   */
  public static LockTemplate parse(String template) {
    List<String> texts = new ArrayList<>();
    List<LockReference> references = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      boolean brace = c == '{' || c == '}';
      if (brace && at + 1 < template.length() && template.charAt(at + 1) == c) {
        text.append(c);
        at += 2;
      } else if (brace) {
        int end = c == '{' ? template.indexOf('}', at) : -1;
        if (end < 0) {
          throw new IllegalArgumentException(
              about(template) + " has a '" + c + "' alone; as text, it has to be doubled");
        }
        references.add(LockReference.parse(template.substring(at + 1, end), about(template)));
        texts.add(text.toString());
        text.setLength(0);
        at = end + 1;
      } else {
        text.append(c);
        at++;
      }
    }
    texts.add(text.toString());
    return new LockTemplate(texts, references);
  }

  /**
   * Returns the same template with indexes in place of names.
   *
   * @param names of the parameters in order; empty if not available
   * @throws IllegalArgumentException if a reference does not match a parameter
   */
  public LockTemplate resolved(List<String> names, int parameters) {
    List<LockReference> resolved =
        references.stream()
            .map(reference -> reference.resolved(names, parameters, about(toString())))
            .collect(Collectors.toList());
    return new LockTemplate(texts, resolved);
  }

  /** Returns whether the key is the same for all invocations. */
  boolean isConstant() {
    return references.isEmpty();
  }

  /**
   * Returns the key for one invocation.
   *
   * @param handler for the message
   * @throws IllegalArgumentException if a reference cannot be resolved
   */
  public String keyFor(@Nullable Object self, Object[] arguments, String handler) {
    if (references.isEmpty()) {
      return texts.get(0);
    }
    StringBuilder key = new StringBuilder(texts.get(0));
    for (int i = 0; i < references.size(); i++) {
      try {
        key.append(references.get(i).textIn(self, arguments));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            about(toString()) + " of " + handler + " cannot be named: " + e.getMessage(), e);
      }
      key.append(texts.get(i + 1));
    }
    return key.toString();
  }

  /** Returns the text of the template, which {@link #parse} accepts. */
  @Override
  public String toString() {
    StringBuilder template = new StringBuilder(doubled(texts.get(0)));
    for (int i = 0; i < references.size(); i++) {
      template.append('{').append(references.get(i)).append('}').append(doubled(texts.get(i + 1)));
    }
    return template.toString();
  }

  private static String doubled(String text) {
    return text.replace("{", "{{").replace("}", "}}");
  }

  private static String about(String template) {
    return "The lock '" + template + "'";
  }
}
