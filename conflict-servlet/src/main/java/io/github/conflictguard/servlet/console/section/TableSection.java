package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.format.Column;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Html;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table with its heading, which scrolls within itself on narrow screens. */
public final class TableSection implements Section {

  private final String heading;
  private final Table table;
  private @Nullable String note;
  private @Nullable String more;
  private int limit = Integer.MAX_VALUE;

  /**
   * Creates a section.
   *
   * @param heading the name of its text; the text if there are no rows is {@code heading.none}
   */
  public TableSection(String heading, Table table) {
    this.heading = heading;
    this.table = table;
  }

  /** Adds a note above the table, by the name of its text. */
  public TableSection note(String text) {
    this.note = text;
    return this;
  }

  /** Shows the first rows only, with a link to the page that has all. */
  public TableSection first(int rows, String page) {
    this.limit = rows;
    this.more = page;
    return this;
  }

  @Override
  public List<Table> tables() {
    return Collections.singletonList(table);
  }

  @Override
  public void write(Html html, Words words) {
    html.open("section").element("h2", words.text(heading));
    if (note != null) {
      html.element("p", words.text(note), "class", "note");
    }
    if (table.rows().isEmpty()) {
      html.element("p", words.text(heading + ".none"), "class", "empty");
    } else {
      String name = words.text(heading);
      html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", name);
      write(html, words, table, name, limit);
      html.close();
    }
    if (more != null && table.rows().size() > limit) {
      html.open("p")
          .element("a", words.text("all", words.number(table.rows().size())), "href", more)
          .close();
    }
    html.close();
  }

  /** Writes the first rows of a table. */
  static void write(Html html, Words words, Table table, String caption, int limit) {
    html.open("table", "data-sort", table.name()).element("caption", caption);
    html.open("thead").open("tr");
    for (Column column : table.columns()) {
      if (column.kind() != Column.Kind.PROGRAM) {
        html.element(
            "th",
            words.text("column." + column.key()),
            "scope",
            "col",
            "class",
            isNumber(column) ? "number" : null);
      }
    }
    html.close().close().open("tbody");
    for (Table.Row row : table.rows().subList(0, Math.min(limit, table.rows().size()))) {
      html.open("tr");
      for (int i = 0; i < table.columns().size(); i++) {
        if (table.columns().get(i).kind() != Column.Kind.PROGRAM) {
          cell(html, words, row, i, table.columns().get(i));
        }
      }
      html.close();
    }
    html.close().close();
  }

  private static void cell(Html html, Words words, Table.Row row, int at, Column column) {
    Object value = row.values().get(at);
    html.open("td", "class", classOf(column, value), "data-value", sortValue(value));
    String address = at == 0 ? row.address() : null;
    if (address != null) {
      html.open("a", "href", address);
    }
    if (value instanceof Instant) {
      words.time(html, (Instant) value);
    } else if (column.kind() == Column.Kind.BADGE && value != null) {
      html.element("span", words.code(value), "class", ("badge " + row.tone()).trim());
    } else {
      String shown = shown(words, row, column, value);
      String name = column.kind() == Column.Kind.CODE ? MethodName.shortened(shown) : shown;
      if (name.equals(shown)) {
        html.text(shown);
      } else {
        html.element("span", name, "title", shown);
      }
    }
    if (address != null) {
      html.close();
    }
    html.close();
  }

  private static String shown(Words words, Table.Row row, Column column, @Nullable Object value) {
    if (column.kind() == Column.Kind.WORD) {
      return words.code(value);
    }
    if (column.kind() == Column.Kind.CODE && "-".equals(value)) {
      return words.text("no-rule");
    }
    if (!(value instanceof Number)) {
      return value == null ? "–" : value instanceof Boolean ? words.code(value) : value.toString();
    }
    Number number = (Number) value;
    switch (column.kind()) {
      case MILLIS:
        return words.duration(number.longValue());
      case SHARE:
        return words.share(number.doubleValue());
      default:
        return value instanceof Double
            ? words.decimal(number.doubleValue())
            : (row.isUncertain() ? "~" : "") + words.number(number.longValue());
    }
  }

  private static @Nullable String classOf(Column column, @Nullable Object value) {
    switch (column.kind()) {
      case CODE:
        return "code";
      case TIME:
        return "when";
      case TEXT:
        return value instanceof String && ((String) value).length() > 30 ? "words" : null;
      case BADGE:
        return null;
      case WORD:
        return "word";
      default:
        boolean nothing = value == null || (value instanceof Long && (Long) value == 0);
        return nothing ? "number nothing" : "number";
    }
  }

  private static boolean isNumber(Column column) {
    return column.kind() == Column.Kind.NUMBER
        || column.kind() == Column.Kind.MILLIS
        || column.kind() == Column.Kind.SHARE;
  }

  private static @Nullable String sortValue(@Nullable Object value) {
    if (value instanceof Instant) {
      return String.valueOf(((Instant) value).toEpochMilli());
    }
    return value instanceof Number ? value.toString() : null;
  }
}
