package io.github.conflictguard.servlet.form;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A start tag. For one thread. */
final class Tag {

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private boolean selfClosing;

  Tag(String name) {
    this.name = name;
  }

  /** In lower case. */
  String name() {
    return name;
  }

  /** The value with its references; null when there is no such attribute. */
  @Nullable String raw(String attribute) {
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
    attributes.putIfAbsent(attribute, value);
  }

  void closeItself() {
    selfClosing = true;
  }
}
