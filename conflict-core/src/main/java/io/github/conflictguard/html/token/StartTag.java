package io.github.conflictguard.html.token;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A start tag. Not safe for use by several threads. */
public final class StartTag {

  private final String name;
  private Map<String, String> attributes = Collections.emptyMap();
  private boolean selfClosing;

  /**
   * Creates a tag without attributes.
   *
   * @param name the element name in lower case
   */
  public StartTag(String name) {
    this.name = name;
  }

  /** Returns the element name in lower case. */
  public String name() {
    return name;
  }

  /**
   * Returns the value with unresolved character references; null when there is no such attribute.
   */
  public @Nullable String raw(String attribute) {
    return attributes.get(attribute);
  }

  /** Returns whether there is such an attribute, with or without a value. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** Returns the values of all attributes, with unresolved character references. Unmodifiable. */
  Map<String, String> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  boolean isSelfClosing() {
    return selfClosing;
  }

  /** Adds an attribute. Of duplicate attributes the first one wins. */
  void add(String attribute, String value) {
    if (attributes.isEmpty()) {
      attributes = new LinkedHashMap<>();
    }
    attributes.putIfAbsent(attribute, value);
  }

  void closeItself() {
    selfClosing = true;
  }
}
