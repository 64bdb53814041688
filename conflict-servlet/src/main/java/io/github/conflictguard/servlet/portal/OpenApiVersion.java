package io.github.conflictguard.servlet.portal;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions of OpenAPI, and where they differ in what is written. */
enum OpenApiVersion {
  /** With schemas of its own. */
  THREE_ZERO("3.0", "3.0.3"),

  /** With schemas of JSON Schema 2020-12. */
  THREE_ONE("3.1", "3.1.0");

  private final String name;
  private final String number;

  OpenApiVersion(String name, String number) {
    this.name = name;
    this.number = number;
  }

  /** Returns the version of a name; the first one for null, null if there is none. */
  static @Nullable OpenApiVersion named(@Nullable String name) {
    for (OpenApiVersion version : values()) {
      if (name == null || version.name.equals(name) || version.number.equals(name)) {
        return version;
      }
    }
    return null;
  }

  /** Returns the member {@code openapi} of documents. */
  String number() {
    return number;
  }

  /** Returns the member of a schema that permits one value only. */
  Map<String, Object> only(String value) {
    return this == THREE_ZERO
        ? Collections.singletonMap("enum", Collections.singletonList(value))
        : Collections.singletonMap("const", value);
  }

  /** Returns the member of a schema with an example. */
  Map<String, Object> example(Object value) {
    return this == THREE_ZERO
        ? Collections.singletonMap("example", value)
        : Collections.singletonMap("examples", Collections.singletonList(value));
  }
}
