package io.github.conflictguard.servlet.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conflictguard.servlet.MarkdownTable;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of rule fields in the documentation say what the JSON Schema says. */
class RuleTableTest {

  private static final Pattern DEFAULT = Pattern.compile("(.*?) Default: (.*)\\.", Pattern.DOTALL);

  /** Each table is found by one of its fields. */
  @ParameterizedTest
  @CsvSource({
    "dataSources, ''",
    "read, /$defs/rule",
    "tokenIn, /$defs/forms",
    "timeoutSeconds, /$defs/query",
    "exception, /$defs/conflict",
    "url, /$defs/dataSource",
    "createTables, /$defs/store",
  })
  void tableOfFieldsIsThatOfTheSchema(String field, String place) throws Exception {
    MarkdownTable table = MarkdownTable.with(field, "field", "default", "consequence");
    assertEquals(text(rowsFor(place)), text(table.rows()));
  }

  /** Line by line, so that a failure shows the row that differs. */
  private static String text(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
    return text.toString();
  }

  private static List<List<String>> rowsFor(String place) throws Exception {
    JsonNode schema;
    try (InputStream in = RuleFile.class.getResourceAsStream("conflict-guard.schema.json")) {
      schema = JsonMapper.builder().build().readTree(in).at(place);
    }
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.textValue()));
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      JsonNode description = field.getValue().path("description");
      if (!description.isMissingNode()) {
        rows.add(row(field.getKey(), field.getValue(), description.textValue(), required));
      }
    }
    return rows;
  }

  private static List<String> row(
      String name, JsonNode field, String description, List<String> required) {
    Matcher stated = DEFAULT.matcher(description);
    boolean isStated = stated.matches();
    JsonNode value = field.path("default");
    String otherwise =
        required.contains(name)
            ? "required"
            : !value.isMissingNode()
                ? "`" + value.asText() + "`"
                : isStated ? stated.group(2) : "none";
    return List.of("`" + name + "`", otherwise, isStated ? stated.group(1) : description);
  }
}
