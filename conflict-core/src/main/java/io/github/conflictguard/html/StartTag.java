package io.github.conflictguard.html;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A start tag. For one thread. */
public final class StartTag {

  private final String name;
  private Map<String, String> attributes = Collections.emptyMap();
  private boolean selfClosing;

  StartTag(String name) {
    this.name = name;
  }

  /** In lower case. */
  public String name() {
    return name;
  }

  /** The value with its references; null when there is no such attribute. */
  public @Nullable String raw(String attribute) {
    return attributes.get(attribute);
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** The values of all attributes, with their references. Unmodifiable. */
  Map<String, String> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  boolean isSelfClosing() {
    return selfClosing;
  }

  /** Of attributes that are there twice, the first one counts. */
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
