package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.json.JsonSyntaxException;
import io.github.conflictguard.json.JsonWriter;
import io.github.conflictguard.problem.EarlierWrite;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.page.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application's own format of an error body: a JSON object in whose strings <code>{title}
 * </code> and the like stand for members of the problem. Immutable and safe for use by several
 * threads.
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
              "earlierWrite",
              "changes",
              "state",
              "rule",
              "retryAfter"));

  private static final Pattern REFERENCE = Pattern.compile("\\{([A-Za-z]+)\\}");

  private final Object template;

  private BodyTemplate(Object template) {
    this.template = template;
  }

  /** Returns the description of a valid template, for messages. */
  public static String accepted() {
    return "JSON objects in whose strings {name} stands for one of " + MEMBERS;
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if it is not a JSON object, or refers to a member that does
   *     not exist
   */
  public static BodyTemplate parse(String json) {
    Object template;
    try {
      template = JsonReader.parse(json);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (!(template instanceof Map)) {
      throw new IllegalArgumentException("it is not an object");
    }
    replaced(template, BodyTemplate::checked);
    return new BodyTemplate(template);
  }

  private static String checked(String text) {
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      if (!MEMBERS.contains(reference.group(1))) {
        throw new IllegalArgumentException(reference.group() + " is not a member of a problem");
      }
    }
    return text;
  }

  /** Returns the body, in UTF-8, with title and detail in the texts for users. */
  byte[] write(ProblemDetail problem, Texts texts) {
    Map<String, Object> members = members(problem, texts);
    JsonWriter body = new JsonWriter();
    body.value(replaced(template, text -> filled(text, members)));
    return body.toBytes();
  }

  /** Returns a value with the references in its strings replaced; names are not changed. */
  private static @Nullable Object replaced(
      @Nullable Object value, Function<String, @Nullable Object> replacement) {
    if (value instanceof Map) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (name, member) -> members.put(String.valueOf(name), replaced(member, replacement)));
      return members;
    }
    if (value instanceof List) {
      List<@Nullable Object> elements = new ArrayList<>();
      ((List<?>) value).forEach(element -> elements.add(replaced(element, replacement)));
      return elements;
    }
    return value instanceof String ? replacement.apply((String) value) : value;
  }

  /**
   * Returns a string with its references replaced. A string that consists of one reference takes
   * the type of the member, and is null if the member is missing.
   */
  private static @Nullable Object filled(String text, Map<String, Object> members) {
    Matcher reference = REFERENCE.matcher(text);
    if (reference.matches()) {
      return members.get(reference.group(1));
    }
    StringBuffer filled = new StringBuffer();
    reference.reset();
    while (reference.find()) {
      Object member = members.get(reference.group(1));
      reference.appendReplacement(
          filled, Matcher.quoteReplacement(member == null ? "" : member.toString()));
    }
    reference.appendTail(filled);
    return filled.toString();
  }

  private static Map<String, Object> members(ProblemDetail problem, Texts texts) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("title", texts.title(problem.type()));
    members.put("detail", texts.detail(problem.type()));
    members.put("status", problem.status());
    members.put("kind", problem.type().kind());
    members.put("type", problem.typeUri());
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
    EarlierWrite earlier = problem.earlierWrite();
    put(members, "earlierWrite", earlier == null ? null : earlier.toMap());
    put(members, "changes", problem.changes().isEmpty() ? null : problem.changes());
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
}
