package io.github.conflictguard.servlet.portal;

import static io.github.conflictguard.servlet.portal.Json.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path of the OpenAPI document and its operations. Not safe for use by several threads. */
final class OpenApiPath {

  private final String address;
  private final List<Object> parameters = new ArrayList<>();
  private final Map<String, Map<String, Object>> operations = new LinkedHashMap<>();

  /** Creates the path of an operation, whose variables give the parameters their names. */
  OpenApiPath(Operation operation) {
    String path = operation.path().replaceAll(":number}", "}");
    Set<String> names = new HashSet<>();
    for (String variable : operation.variables()) {
      String name = OpenApi.nameOf(variable);
      if (names.add(name)) {
        parameters.add(parameter(name, OpenApi.schemaOf(variable), null));
      }
    }
    if (path.endsWith("/*")) {
      String rest = "rest";
      while (names.contains(rest)) {
        rest += "_";
      }
      path = path.substring(0, path.length() - 1) + '{' + rest + '}';
      parameters.add(parameter(rest, object("type", "string"), "One segment or several."));
    }
    this.address = path;
  }

  private static Map<String, Object> parameter(
      String name, Map<String, Object> schema, @Nullable String description) {
    Map<String, Object> parameter =
        object("name", name, "in", "path", "required", true, "schema", schema);
    if (description != null) {
      parameter.put("description", description);
    }
    return parameter;
  }

  /** Returns the path as a template of OpenAPI. */
  String address() {
    return address;
  }

  /** Returns an operation; null if there is none of this method. */
  @Nullable Map<String, Object> operation(String method) {
    return operations.get(method);
  }

  void add(String method, Map<String, Object> operation) {
    operations.put(method, operation);
  }

  /** Returns a name that no other operation of the document has. */
  String idOf(Operation operation) {
    return operation.method().toLowerCase(Locale.ROOT) + address;
  }

  /** Returns the path item. */
  Map<String, Object> item() {
    Map<String, Object> item = new LinkedHashMap<>();
    if (!parameters.isEmpty()) {
      item.put("parameters", parameters);
    }
    item.putAll(operations);
    return item;
  }
}
