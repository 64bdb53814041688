package io.github.conflictguard.client;

import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.json.JsonSyntaxException;
import io.github.conflictguard.problem.ProblemJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The problem details in a response (RFC 9457), which may come from any server: members of another
 * type than expected count as missing (section 3.1). Immutable.
 */
final class ReceivedProblem {

  /** Problem details are short; a longer body is something else, and is not parsed. */
  private static final int LONGEST = 256 * 1024;

  private static final ReceivedProblem NONE = new ReceivedProblem(Collections.emptyMap());

  private final Map<String, @Nullable Object> members;

  private ReceivedProblem(Map<String, @Nullable Object> members) {
    this.members = Collections.unmodifiableMap(members);
  }

  /**
   * Reads a response.
   *
   * @param type the {@code Content-Type}; null when the response has none
   * @return a problem without members unless the body is an object of problem details
   */
  static ReceivedProblem in(@Nullable String type, byte[] body) {
    if (type == null || !isProblem(type) || body.length > LONGEST) {
      return NONE;
    }
    try {
      Object parsed = JsonReader.read(new ByteArrayInputStream(body));
      return parsed instanceof Map ? new ReceivedProblem(copyOf((Map<?, ?>) parsed)) : NONE;
    } catch (JsonSyntaxException | IOException e) {
      return NONE;
    }
  }

  private static boolean isProblem(String type) {
    String essence = type.split(";", 2)[0].trim();
    return essence.toLowerCase(Locale.ROOT).equals(ProblemJson.MEDIA_TYPE);
  }

  private static Map<String, @Nullable Object> copyOf(Map<?, ?> parsed) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    parsed.forEach((name, value) -> members.put(String.valueOf(name), value));
    return members;
  }

  /** Returns all members. Unmodifiable; empty when the response has no problem details. */
  Map<String, @Nullable Object> members() {
    return members;
  }

  /** Returns a member that is text; null when there is none. */
  @Nullable String text(String name) {
    Object value = members.get(name);
    return value instanceof String ? (String) value : null;
  }

  /** Returns the code of {@code retry.advice}; null when there is none. */
  @Nullable String hint() {
    Object advice = retry().get("advice");
    return advice instanceof String ? (String) advice : null;
  }

  /** Returns {@code retry.after} in seconds; null when there is none. */
  @Nullable Integer after() {
    Object after = retry().get("after");
    return after instanceof Integer && (Integer) after >= 0 ? (Integer) after : null;
  }

  private Map<?, ?> retry() {
    Object retry = members.get("retry");
    return retry instanceof Map ? (Map<?, ?>) retry : Collections.emptyMap();
  }

  /** Returns the members of {@code changes} that are text. Unmodifiable. */
  List<Map<String, String>> changes() {
    List<Map<String, String>> changes = new ArrayList<>();
    Object given = members.get("changes");
    for (Object each : given instanceof List ? (List<?>) given : Collections.emptyList()) {
      if (each instanceof Map) {
        Map<String, String> change = new LinkedHashMap<>();
        ((Map<?, ?>) each)
            .forEach(
                (name, value) -> {
                  if (value instanceof String) {
                    change.put(String.valueOf(name), (String) value);
                  }
                });
        changes.add(Collections.unmodifiableMap(change));
      }
    }
    return Collections.unmodifiableList(changes);
  }
}
