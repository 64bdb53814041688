package io.github.conflictguard.servlet.console.format;

import io.github.conflictguard.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tables of a page as a JSON object, with an array of objects for each. */
public final class JsonTables {

  private JsonTables() {}

  /** Returns the object. */
  public static String of(String page, List<Table> tables) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("page", page);
    for (Table table : tables) {
      List<Object> rows = new ArrayList<>();
      for (Map<String, @Nullable Object> row : table.objects()) {
        row.replaceAll((name, value) -> plain(value));
        rows.add(row);
      }
      object.put(table.name(), rows);
    }
    JsonWriter json = new JsonWriter();
    json.value(object);
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  /** Instants become text (RFC 3339), and a number that JSON cannot express becomes null. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value == null || (value instanceof Double && !Double.isFinite((Double) value))) {
      return null;
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }
}
