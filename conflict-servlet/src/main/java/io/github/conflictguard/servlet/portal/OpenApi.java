package io.github.conflictguard.servlet.portal;

import static io.github.conflictguard.servlet.portal.Json.object;
import static io.github.conflictguard.servlet.portal.Json.reference;

import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.match.ParameterCondition;
import io.github.conflictguard.servlet.rule.KeyDemand;
import io.github.conflictguard.servlet.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes one version of the OpenAPI document. Not safe for use by several threads. */
final class OpenApi {

  /** The methods that a path item of OpenAPI can have. */
  private static final Set<String> METHODS =
      new HashSet<>(
          Arrays.asList("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"));

  private static final String NUMBER = ":number";
  private static final int PRECONDITION_REQUIRED = 428;

  private final OpenApiVersion version;
  private final GuardedPaths paths;
  private final ProblemKinds kinds;
  private final String application;

  /** By the path with anonymous variables: paths that differ only in names are one path. */
  private final Map<String, OpenApiPath> items = new LinkedHashMap<>();

  OpenApi(OpenApiVersion version, GuardedPaths paths, ProblemKinds kinds, String application) {
    this.version = version;
    this.paths = paths;
    this.kinds = kinds;
    this.application = application;
  }

  /** Returns the document. */
  Map<String, Object> document() {
    for (Rule rule : paths.rules()) {
      for (Operation operation : paths.of(rule)) {
        if (METHODS.contains(operation.method())) {
          add(operation);
        }
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    items.values().forEach(path -> all.put(path.address(), path.item()));
    return object(
        "openapi",
        version.number(),
        "info",
        object(
            "title",
            "Guarded paths of " + (application.isEmpty() ? "/" : application),
            "description",
            "What Conflict Guard adds to the API: entity tags, preconditions and problems."
                + " Bodies of the application are not described.",
            "version",
            "1"),
        "servers",
        Collections.singletonList(object("url", application.isEmpty() ? "/" : application)),
        "paths",
        all,
        "components",
        new OpenApiSchemas(version, kinds).components());
  }

  private void add(Operation operation) {
    String shape = operation.path().replaceAll("\\{[^{}]*}", "{}");
    OpenApiPath path = items.computeIfAbsent(shape, any -> new OpenApiPath(operation));
    String method = operation.method().toLowerCase(Locale.ROOT);
    Map<String, Object> known = path.operation(method);
    if (known == null) {
      path.add(method, described(operation, path));
    } else {
      // Two rules, or two patterns, for one operation, which their parameters distinguish.
      known.put("description", known.get("description") + " " + description(operation));
      Map<String, Object> responses = operation.isWrite() ? responses(operation) : reads();
      Object before = known.get("responses");
      if (before instanceof Map) {
        ((Map<?, ?>) before).forEach((status, one) -> responses.put(String.valueOf(status), one));
      }
      known.put("responses", responses);
    }
  }

  private Map<String, Object> described(Operation operation, OpenApiPath path) {
    List<Object> parameters = new ArrayList<>();
    if (operation.isWrite()) {
      boolean required = operation.isPreconditionRequired() && operation.rule().forms() == null;
      parameters.add(reference("parameters", required ? "IfMatchRequired" : "IfMatch"));
      KeyDemand demand = operation.keyDemand();
      if (demand != null) {
        parameters.add(reference("parameters", OpenApiSchemas.nameOf(demand)));
      }
    } else {
      parameters.add(reference("parameters", "IfNoneMatch"));
    }
    for (ParameterCondition condition : operation.conditions()) {
      if (!condition.isOfForm()) {
        parameters.add(query(condition));
      }
    }
    return object(
        "operationId",
        path.idOf(operation),
        "tags",
        Collections.singletonList(operation.rule().name()),
        "description",
        description(operation),
        "parameters",
        parameters,
        "responses",
        operation.isWrite() ? responses(operation) : reads());
  }

  private static String description(Operation operation) {
    return (operation.isWrite() ? "Writes" : "Reads")
        + " a resource of the rule '"
        + operation.rule().name()
        + "'."
        + (operation.isProtected() ? "" : " Conflicts are counted and not answered.");
  }

  /** The parameter may be in a form instead, and distinguish several operations: not required. */
  private static Map<String, Object> query(ParameterCondition condition) {
    Map<String, Object> schema = object("type", "string");
    if (condition.value() != null) {
      schema.put("enum", Collections.singletonList(condition.value()));
    }
    return object("name", condition.name(), "in", "query", "required", false, "schema", schema);
  }

  private static Map<String, Object> reads() {
    return object("200", ok(), "304", withTag("The client has the current version."));
  }

  private Map<String, Object> responses(Operation operation) {
    Map<String, Object> responses = object("2XX", object("description", "Written."));
    if (operation.isProtected()) {
      for (Map.Entry<Integer, List<ProblemType>> entry : kinds.byStatus().entrySet()) {
        int status = entry.getKey();
        if (status != PRECONDITION_REQUIRED || operation.isPreconditionRequired()) {
          responses.put(
              String.valueOf(status), reference("responses", OpenApiSchemas.nameOf(status)));
        }
      }
    }
    return responses;
  }

  private static Map<String, Object> ok() {
    return withTag("The current version.");
  }

  private static Map<String, Object> withTag(String description) {
    return object(
        "description", description, "headers", object("ETag", reference("headers", "ETag")));
  }

  /** Returns the schema of a variable in a path. */
  static Map<String, Object> schemaOf(String variable) {
    return object("type", variable.endsWith(NUMBER) ? "integer" : "string");
  }

  /** Returns the name of a variable in a path. */
  static String nameOf(String variable) {
    return variable.endsWith(NUMBER)
        ? variable.substring(0, variable.length() - NUMBER.length())
        : variable;
  }
}
