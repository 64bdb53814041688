package io.github.conflictguard.servlet.portal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds objects of JSON documents. */
final class Json {

  private Json() {}

  /** Returns a modifiable object with these members: names and values in turn. */
  static Map<String, Object> object(Object... members) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i + 1 < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }

  /** Returns a reference to a component of the document. */
  static Map<String, Object> reference(String section, String name) {
    return object("$ref", pointer(section, name));
  }

  /** Returns the address of a component of the document. */
  static String pointer(String section, String name) {
    return "#/components/" + section + '/' + name;
  }
}
