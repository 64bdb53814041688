package io.github.conflictguard.problem;

import io.github.conflictguard.json.JsonWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes problem details as {@code application/problem+json} (RFC 9457, section 3). */
public final class ProblemJson {

  /** The media type; JSON is UTF-8 and has no charset parameter (RFC 8259, section 11). */
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemJson() {}

  /** Returns the body of the response, in UTF-8. */
  public static byte[] write(ProblemDetail problem) {
    JsonWriter json = new JsonWriter();
    write(problem, json);
    return json.toBytes();
  }

  private static void write(ProblemDetail problem, JsonWriter json) {
    ProblemType type = problem.type();
    json.startObject();
    json.field("type", problem.typeUri());
    json.field("title", type.title());
    json.field("status", problem.status());
    json.field("detail", type.detail());
    json.field("instance", problem.instance());
    json.field("kind", type.kind());
    json.field("resource", problem.resource());
    writeIfKnown("header", problem.header(), json);
    writeIfKnown("sent", problem.sent(), json);
    writeIfKnown("current", problem.current(), json);
    writeIfKnown("reason", problem.reason(), json);
    writeIfKnown("field", problem.field(), json);
    writeFields(problem, json);
    writeExplanation(problem, json);
    writeState(problem, json);
    writeRule(problem, json);
    writeRetry(problem, json);
    json.startArray("actions");
    for (Action action : type.actions()) {
      json.startObject();
      json.field("code", action.name());
      json.field("title", action.title());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void writeFields(ProblemDetail problem, JsonWriter json) {
    if (!problem.fields().isEmpty()) {
      json.startArray("fields");
      for (Map.Entry<String, String> field : problem.fields().entrySet()) {
        json.startObject();
        json.field("name", field.getKey());
        json.field("label", field.getValue());
        json.endObject();
      }
      json.endArray();
    }
  }

  private static void writeExplanation(ProblemDetail problem, JsonWriter json) {
    EarlierWrite earlier = problem.earlierWrite();
    if (earlier != null) {
      json.startObject("earlierWrite");
      json.field("time", earlier.time().toString());
      json.field("age", earlier.age());
      json.field("by", earlier.by());
      writeIfKnown("actor", earlier.actor(), json);
      json.endObject();
    }
    if (!problem.changes().isEmpty()) {
      json.startArray("changes");
      for (Map<String, String> change : problem.changes()) {
        json.startObject();
        change.forEach(json::field);
        json.endObject();
      }
      json.endArray();
    }
  }

  private static void writeState(ProblemDetail problem, JsonWriter json) {
    if (problem.state() != null) {
      writeIfKnown("state", problem.state(), json);
      json.startArray("allowedTransitions");
      for (String transition : problem.allowedTransitions()) {
        json.string(transition);
      }
      json.endArray();
    }
  }

  private static void writeRule(ProblemDetail problem, JsonWriter json) {
    if (problem.rule() != null) {
      writeIfKnown("rule", problem.rule(), json);
      json.startObject("facts");
      for (Map.Entry<String, String> fact : problem.facts().entrySet()) {
        json.field(fact.getKey(), fact.getValue());
      }
      json.endObject();
    }
  }

  private static void writeRetry(ProblemDetail problem, JsonWriter json) {
    json.startObject("retry");
    json.field("advice", problem.type().retry().code());
    Integer after = problem.retryAfter();
    if (after != null) {
      json.field("after", after);
    }
    json.endObject();
  }

  private static void writeIfKnown(String name, @Nullable String value, JsonWriter json) {
    if (value != null) {
      json.field(name, value);
    }
  }
}
