package io.github.conflictguard.servlet.advice;

import io.github.conflictguard.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule for paths to which none applies. */
final class RuleProposal {

  /** A segment of a path without variables. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z._~-]*");

  private RuleProposal() {}

  /** Returns a path in which numbers and long identifiers are variables. */
  static String shapeOf(String contextPath, String path) {
    String inside =
        path.startsWith(contextPath + "/") ? path.substring(contextPath.length()) : path;
    String[] segments = inside.split("/", -1);
    int variables = 0;
    for (int i = 0; i < segments.length; i++) {
      boolean digits = segments[i].chars().anyMatch(c -> c >= '0' && c <= '9');
      // Anything that has a meaning in patterns is a variable, too.
      if (digits || !PLAIN.matcher(segments[i]).matches()) {
        variables++;
        segments[i] = variables == 1 ? "{id}" : "{id" + variables + "}";
      }
    }
    return String.join("/", segments);
  }

  /** Returns a rule for paths of a shape. */
  static String linesFor(String shape) {
    JsonWriter json = new JsonWriter();
    json.startObject();
    json.field("name", Objects.toString(nameOf(shape), "records"));
    json.field("read", shape);
    json.field("write", shape);
    json.field("mode", "observe");
    json.endObject();
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  private static @Nullable String nameOf(String shape) {
    String name = null;
    for (String segment : shape.split("/", -1)) {
      name = segment.isEmpty() || segment.startsWith("{") ? name : segment;
    }
    return name;
  }
}
