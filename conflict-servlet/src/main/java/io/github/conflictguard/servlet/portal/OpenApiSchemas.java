package io.github.conflictguard.servlet.portal;

import static io.github.conflictguard.servlet.portal.Json.object;
import static io.github.conflictguard.servlet.portal.Json.pointer;
import static io.github.conflictguard.servlet.portal.Json.reference;

import io.github.conflictguard.problem.ProblemJson;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.RetryHint;
import io.github.conflictguard.servlet.rule.KeyDemand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The components of the OpenAPI document: the same for all paths. Immutable. */
final class OpenApiSchemas {

  private static final String SCHEMAS = "schemas";
  private static final String PROBLEM = "Problem";

  private final OpenApiVersion version;
  private final ProblemKinds kinds;

  OpenApiSchemas(OpenApiVersion version, ProblemKinds kinds) {
    this.version = version;
    this.kinds = kinds;
  }

  /** Returns the member {@code components}. */
  Map<String, Object> components() {
    return object(
        "parameters",
        parameters(),
        "headers",
        headers(),
        "responses",
        responses(),
        SCHEMAS,
        schemas());
  }

  private Map<String, Object> parameters() {
    return object(
        "IfMatch",
        header("If-Match", false, "The entity tag of the version that the request changes."),
        "IfMatchRequired",
        header("If-Match", true, "The entity tag of the version that the request changes."),
        "IfNoneMatch",
        header("If-None-Match", false, "The entity tag of the version that the client has."),
        nameOf(KeyDemand.ACCEPTED),
        key(false),
        nameOf(KeyDemand.REQUIRED),
        key(true));
  }

  private Map<String, Object> key(boolean required) {
    return header(
        kinds.idempotency().header(),
        required,
        "The same text for all attempts of one request; remembered for "
            + kinds.idempotency().lifetimeSeconds()
            + " seconds.");
  }

  /** Returns the name of the parameter for an idempotency key. */
  static String nameOf(KeyDemand demand) {
    return demand == KeyDemand.REQUIRED ? "IdempotencyKeyRequired" : "IdempotencyKey";
  }

  private Map<String, Object> header(String name, boolean required, String description) {
    Map<String, Object> schema = object("type", "string");
    schema.putAll(version.example(name.startsWith("If") ? "\"5f1d09a2\"" : "\"8e03978e\""));
    return object(
        "name",
        name,
        "in",
        "header",
        "required",
        required,
        "description",
        description,
        "schema",
        schema);
  }

  private static Map<String, Object> headers() {
    return object(
        "ETag",
        object(
            "description",
            "The entity tag of the current version.",
            "schema",
            object("type", "string")),
        "RetryAfter",
        object(
            "description",
            "The seconds after which the same request may be sent again.",
            "schema",
            object("type", "integer", "minimum", 0)),
        "Link",
        object(
            "description",
            "The current version (latest-version) and the description of the problem (describedby).",
            "schema",
            object("type", "string")),
        "ShouldRetry",
        object(
            "description",
            "Whether the same request may be sent again.",
            "schema",
            object("type", "boolean")));
  }

  /** One response for each status: a second one for the same status would replace the first. */
  private Map<String, Object> responses() {
    Map<String, Object> responses = new LinkedHashMap<>();
    kinds.byStatus().forEach((status, types) -> responses.put(nameOf(status), response(types)));
    return responses;
  }

  /** Returns the name of the component for a status. */
  static String nameOf(int status) {
    return PROBLEM + status;
  }

  private Map<String, Object> response(List<ProblemType> types) {
    List<Object> schemas = new ArrayList<>();
    Map<String, Object> mapping = new LinkedHashMap<>();
    List<String> titles = new ArrayList<>();
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("Link", reference("headers", "Link"));
    headers.put("x-should-retry", reference("headers", "ShouldRetry"));
    for (ProblemType type : types) {
      if (!mapping.containsKey(type.kind())) {
        schemas.add(reference(SCHEMAS, nameOf(type.kind())));
        mapping.put(type.kind(), pointer(SCHEMAS, nameOf(type.kind())));
        titles.add(type.title());
      }
      if (type.retry() == RetryHint.SAME_REQUEST) {
        headers.put("Retry-After", reference("headers", "RetryAfter"));
      }
      if (type == ProblemType.PRECONDITION_FAILED) {
        headers.put("ETag", reference("headers", "ETag"));
      }
    }
    Map<String, Object> schema =
        object(
            "oneOf", schemas, "discriminator", object("propertyName", "kind", "mapping", mapping));
    return object(
        "description", String.join("; ", titles), "content", content(schema), "headers", headers);
  }

  private Map<String, Object> content(Map<String, Object> schema) {
    return kinds.areFormattedByApplication()
        ? object("application/json", object("schema", object("type", "object")))
        : object(ProblemJson.MEDIA_TYPE, object("schema", schema));
  }

  private Map<String, Object> schemas() {
    Map<String, Object> schemas = object(PROBLEM, problem());
    for (String kind : kinds.all()) {
      Map<String, Object> only = object("type", "string");
      only.putAll(version.only(kind));
      schemas.put(
          nameOf(kind),
          object(
              "allOf",
              Arrays.asList(
                  reference(SCHEMAS, PROBLEM),
                  object(
                      "type",
                      "object",
                      "required",
                      Arrays.asList("kind"),
                      "properties",
                      object(
                          "kind",
                          only,
                          "status",
                          object("type", "integer", "enum", kinds.statusesOf(kind)))))));
    }
    return schemas;
  }

  /** Returns the name of the component for a kind. */
  private static String nameOf(String kind) {
    return PROBLEM + '-' + kind;
  }

  private Map<String, Object> problem() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String text :
        new String[] {
          "type",
          "title",
          "detail",
          "instance",
          "kind",
          "resource",
          "header",
          "sent",
          "current",
          "reason",
          "field",
          "state",
          "rule",
          "idempotencyKeyLifetime"
        }) {
      properties.put(text, object("type", "string"));
    }
    properties.put("status", object("type", "integer"));
    properties.put("allowedTransitions", list(object("type", "string")));
    properties.put("facts", object("type", "object"));
    properties.put("fields", list(object("type", "object")));
    properties.put("earlierWrite", object("type", "object"));
    properties.put("changes", list(object("type", "object")));
    properties.put("retry", retry());
    properties.put("actions", list(texts("code", "title")));
    return object(
        "type",
        "object",
        "description",
        "A problem (RFC 9457). Further kinds and members may be added.",
        "required",
        Arrays.asList("type", "title", "status", "detail", "instance", "kind", "retry", "actions"),
        "properties",
        properties);
  }

  private static Map<String, Object> retry() {
    List<String> advices = new ArrayList<>();
    for (RetryHint hint : RetryHint.values()) {
      advices.add(hint.code());
    }
    return object(
        "type",
        "object",
        "required",
        Arrays.asList("advice"),
        "properties",
        object(
            "advice",
            object("type", "string", "enum", advices),
            "after",
            object("type", "integer", "minimum", 0)));
  }

  private static Map<String, Object> list(Map<String, Object> items) {
    return object("type", "array", "items", items);
  }

  private static Map<String, Object> texts(String... names) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name : names) {
      properties.put(name, object("type", "string"));
    }
    return object("type", "object", "required", Arrays.asList(names), "properties", properties);
  }
}
