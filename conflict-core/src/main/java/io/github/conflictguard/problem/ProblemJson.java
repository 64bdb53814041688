package io.github.conflictguard.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes problem details as {@code application/problem+json} (RFC 9457, section 3). */
public final class ProblemJson {

  /** The media type; JSON is UTF-8 and has no charset parameter (RFC 8259, section 11). */
  public static final String MEDIA_TYPE = "application/problem+json";

  // Jackson's own pool keeps buffers in thread-locals, which would outlive the web application.
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private ProblemJson() {}

  /** The body of the answer, in UTF-8. */
  public static byte[] write(ProblemDetail problem) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      write(problem, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  private static void write(ProblemDetail problem, JsonGenerator json) throws IOException {
    ProblemType type = problem.type();
    json.writeStartObject();
    json.writeStringField("type", type.uri());
    json.writeStringField("title", type.title());
    json.writeNumberField("status", problem.status());
    json.writeStringField("detail", type.detail());
    json.writeStringField("instance", problem.instance());
    json.writeStringField("kind", type.kind());
    json.writeStringField("resource", problem.resource());
    writeIfKnown("header", problem.header(), json);
    writeIfKnown("sent", problem.sent(), json);
    writeIfKnown("current", problem.current(), json);
    writeIfKnown("reason", problem.reason(), json);
    writeIfKnown("field", problem.field(), json);
    writeFields(problem, json);
    writeState(problem, json);
    writeRule(problem, json);
    writeRetry(problem, json);
    json.writeArrayFieldStart("actions");
    for (Action action : type.actions()) {
      json.writeStartObject();
      json.writeStringField("code", action.name());
      json.writeStringField("title", action.title());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeFields(ProblemDetail problem, JsonGenerator json) throws IOException {
    if (!problem.fields().isEmpty()) {
      json.writeArrayFieldStart("fields");
      for (Map.Entry<String, String> field : problem.fields().entrySet()) {
        json.writeStartObject();
        json.writeStringField("name", encodable(field.getKey()));
        json.writeStringField("label", encodable(field.getValue()));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static void writeState(ProblemDetail problem, JsonGenerator json) throws IOException {
    if (problem.state() != null) {
      writeIfKnown("state", problem.state(), json);
      json.writeArrayFieldStart("allowedTransitions");
      for (String transition : problem.allowedTransitions()) {
        json.writeString(encodable(transition));
      }
      json.writeEndArray();
    }
  }

  private static void writeRule(ProblemDetail problem, JsonGenerator json) throws IOException {
    if (problem.rule() != null) {
      writeIfKnown("rule", problem.rule(), json);
      json.writeObjectFieldStart("facts");
      for (Map.Entry<String, String> fact : problem.facts().entrySet()) {
        json.writeStringField(encodable(fact.getKey()), encodable(fact.getValue()));
      }
      json.writeEndObject();
    }
  }

  private static void writeRetry(ProblemDetail problem, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("retry");
    json.writeStringField("advice", problem.type().retry().code());
    Integer after = problem.retryAfter();
    if (after != null) {
      json.writeNumberField("after", after);
    }
    json.writeEndObject();
  }

  private static void writeIfKnown(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, encodable(value));
    }
  }

  /** Half of a surrogate pair, which an application may have cut off, is no text for Jackson. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
