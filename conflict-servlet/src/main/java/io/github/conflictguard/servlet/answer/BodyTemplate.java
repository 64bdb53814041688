package io.github.conflictguard.servlet.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.page.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application's own shape of an error body: a JSON object in whose strings <code>{title}</code>
 * and the like stand for members of the problem. Immutable and safe for use by several threads.
 */
public final class BodyTemplate {

  /** The media type of such a body. */
  static final String MEDIA_TYPE = "application/json";

  private static final List<String> MEMBERS =
      Collections.unmodifiableList(
          Arrays.asList(
              "title",
              "detail",
              "status",
              "kind",
              "type",
              "instance",
              "resource",
              "header",
              "sent",
              "current",
              "reason",
              "field",
              "fields",
              "state",
              "rule",
              "retryAfter"));

  private static final Pattern REFERENCE = Pattern.compile("\\{([A-Za-z]+)\\}");

  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private final String json;

  private BodyTemplate(String json) {
    this.json = json;
  }

  /** What a template has to be, for messages. */
  public static String accepted() {
    return "JSON objects in whose strings {name} stands for one of " + MEMBERS;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is no JSON object, or refers to what is no member
   */
  public static BodyTemplate parse(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it does not begin with {");
      }
      int open = 1;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (open == 0) {
          throw new IllegalArgumentException("something follows the end of the object");
        }
        open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        check(token == JsonToken.VALUE_STRING ? parser.getText() : "");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "it is no JSON: " + String.valueOf(e.getMessage()).split("\n", 2)[0], e);
    }
    return new BodyTemplate(json);
  }

  private static void check(String text) {
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      if (!MEMBERS.contains(reference.group(1))) {
        throw new IllegalArgumentException(reference.group() + " is no member of a problem");
      }
    }
  }

  /** Makes the body, in UTF-8, with title and detail in the words for people. */
  byte[] write(ProblemDetail problem, Texts texts) {
    Map<String, Object> members = members(problem, texts);
    ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    try (JsonParser parser = JSON.createParser(json);
        JsonGenerator out = JSON.createGenerator(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          write(parser.getText(), members, out);
        } else {
          out.copyCurrentEvent(parser);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /** What is nothing but a reference keeps the type of the member, and is null without it. */
  private static void write(String text, Map<String, Object> members, JsonGenerator out)
      throws IOException {
    Matcher reference = REFERENCE.matcher(text);
    if (reference.matches()) {
      Object member = members.get(reference.group(1));
      if (member instanceof Integer) {
        out.writeNumber((Integer) member);
      } else if (member == null) {
        out.writeNull();
      } else {
        out.writeString(encodable(member.toString()));
      }
      return;
    }
    StringBuffer filled = new StringBuffer();
    reference.reset();
    while (reference.find()) {
      Object member = members.get(reference.group(1));
      reference.appendReplacement(
          filled, Matcher.quoteReplacement(member == null ? "" : member.toString()));
    }
    reference.appendTail(filled);
    out.writeString(encodable(filled.toString()));
  }

  private static Map<String, Object> members(ProblemDetail problem, Texts texts) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("title", texts.title(problem.type()));
    members.put("detail", texts.detail(problem.type()));
    members.put("status", problem.status());
    members.put("kind", problem.type().kind());
    members.put("type", problem.type().uri());
    members.put("instance", problem.instance());
    members.put("resource", problem.resource());
    put(members, "header", problem.header());
    put(members, "sent", problem.sent());
    put(members, "current", problem.current());
    put(members, "reason", problem.reason());
    put(members, "field", problem.field());
    if (!problem.fields().isEmpty()) {
      members.put("fields", String.join(", ", problem.fields().values()));
    }
    put(members, "state", problem.state());
    put(members, "rule", problem.rule());
    put(members, "retryAfter", problem.retryAfter());
    return members;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  /** Half of a surrogate pair is no text for Jackson. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
