package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON for readers: a member on each line, unless a value fits into one. */
final class PrettyJson {

  private static final int WIDTH = 76;

  private final StringBuilder text = new StringBuilder();

  private PrettyJson() {}

  /** Returns the text of a value as JsonReader returns it. */
  static String of(@Nullable Object value) {
    PrettyJson json = new PrettyJson();
    json.write(value, "");
    return json.text.toString();
  }

  private void write(@Nullable Object value, String indent) {
    String flat = flat(value);
    if (indent.length() + flat.length() <= WIDTH && !indent.isEmpty()) {
      text.append(flat);
    } else if (value instanceof Map && !((Map<?, ?>) value).isEmpty()) {
      text.append("{\n");
      Iterator<? extends Map.Entry<?, ?>> members = ((Map<?, ?>) value).entrySet().iterator();
      while (members.hasNext()) {
        Map.Entry<?, ?> member = members.next();
        text.append(indent).append("  ").append(flat(member.getKey())).append(": ");
        write(member.getValue(), indent + "  ");
        text.append(members.hasNext() ? ",\n" : "\n");
      }
      text.append(indent).append('}');
    } else if (value instanceof List && !((List<?>) value).isEmpty()) {
      text.append("[\n");
      Iterator<?> elements = ((List<?>) value).iterator();
      while (elements.hasNext()) {
        text.append(indent).append("  ");
        write(elements.next(), indent + "  ");
        text.append(elements.hasNext() ? ",\n" : "\n");
      }
      text.append(indent).append(']');
    } else {
      text.append(flat);
    }
  }

  private static String flat(@Nullable Object value) {
    JsonWriter json = new JsonWriter();
    json.value(value);
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}
