package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a form that the container has parsed before this filter, because an earlier filter
 * has requested a parameter or read the body.
 */
final class FieldsReadInFront {

  /**
   * The replacement for undecodable bytes: different byte sequences cannot be distinguished then.
   */
  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, String[]> fields;

  private FieldsReadInFront(Map<String, String[]> fields) {
    this.fields = fields;
  }

  /**
   * Returns the fields without the query parameters, which come first (Servlet specification, 3.1).
   * A body that is not a form has no fields.
   */
  static FieldsReadInFront of(HttpServletRequest request) {
    Map<String, String[]> fields = new LinkedHashMap<>();
    if (AnnouncedBody.isForm(request)) {
      Map<String, String[]> query = QueryParameters.parse(request.getQueryString());
      request
          .getParameterMap()
          .forEach(
              (name, values) -> {
                String[] ofQuery = query.get(name);
                int skipped = ofQuery == null ? 0 : ofQuery.length;
                if (values.length > skipped) {
                  fields.put(name, Arrays.copyOfRange(values, skipped, values.length));
                }
              });
    }
    return new FieldsReadInFront(fields);
  }

  /** Returns the values by name. */
  Map<String, String[]> toMap() {
    return fields;
  }

  /**
   * Returns whether all fields are present. Tomcat omits undecodable or excess ones; its connector
   * reports that.
   */
  boolean areWhole(HttpServletRequest request) {
    boolean failed = request.getAttribute("org.apache.catalina.parameter_parse_failed") != null;
    return !fields.isEmpty()
        && !failed
        && fields.entrySet().stream().allMatch(FieldsReadInFront::isDecoded);
  }

  private static boolean isDecoded(Map.Entry<String, String[]> field) {
    return field.getKey().indexOf(REPLACEMENT) < 0
        && Arrays.stream(field.getValue()).allMatch(value -> value.indexOf(REPLACEMENT) < 0);
  }

  /** Feeds the names and values to a digest. */
  void digest(MessageDigest digest) {
    fields.forEach((name, values) -> digest(digest, name, values));
  }

  private static void digest(MessageDigest digest, String name, String[] values) {
    StringBuilder field = new StringBuilder();
    field.append(name.length()).append(':').append(name).append(values.length);
    for (String value : values) {
      field.append(',').append(value.length()).append(':').append(value);
    }
    digest.update(field.append(';').toString().getBytes(StandardCharsets.UTF_8));
  }
}
