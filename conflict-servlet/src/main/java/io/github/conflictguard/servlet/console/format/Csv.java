package io.github.conflictguard.servlet.console.format;

import org.jspecify.annotations.Nullable;

/** Writes a table as CSV (RFC 4180), with a first line of names. */
public final class Csv {

  /** The media type. */
  public static final String TYPE = "text/csv;charset=utf-8;header=present";

  private Csv() {}

  /** Returns the table. */
  public static String of(Table table) {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < table.columns().size(); i++) {
      csv.append(i == 0 ? "" : ",").append(table.columns().get(i).key());
    }
    csv.append("\r\n");
    for (Table.Row row : table.rows()) {
      for (int i = 0; i < row.values().size(); i++) {
        csv.append(i == 0 ? "" : ",").append(field(row.values().get(i)));
      }
      csv.append("\r\n");
    }
    return csv.toString();
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof Number || value instanceof Boolean) {
      return text;
    }
    return '"' + harmless(text).replace("\"", "\"\"") + '"';
  }

  /** A spreadsheet evaluates text that begins like a formula: clients choose paths. */
  private static String harmless(String text) {
    return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 && text.length() > 1
        ? "'" + text
        : text;
  }
}
