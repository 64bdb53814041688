package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.format.Column;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Html;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names and values below each other. */
public final class Facts implements Section {

  private final String heading;
  private final Table table;
  private final List<Boolean> codes = new ArrayList<>();

  /** Creates the section without facts. */
  public Facts(String heading) {
    this.heading = heading;
    this.table =
        new Table("facts").column("name", Column.Kind.TEXT).column("value", Column.Kind.TEXT);
  }

  /** Adds a fact, unless its value is null; the name is that of a column. */
  public Facts with(String name, @Nullable Object value) {
    return add(name, value, false);
  }

  /** Adds a fact that is a name of code or an address, unless it is null. */
  public Facts code(String name, @Nullable Object value) {
    return add(name, value, true);
  }

  private Facts add(String name, @Nullable Object value, boolean code) {
    if (value != null) {
      table.row(name, value);
      codes.add(code);
    }
    return this;
  }

  @Override
  public List<Table> tables() {
    return Collections.singletonList(table);
  }

  @Override
  public void write(Html html, Words words) {
    html.open("section").element("h2", words.text(heading)).open("dl", "class", "facts");
    for (int i = 0; i < table.rows().size(); i++) {
      List<@Nullable Object> fact = table.rows().get(i).values();
      html.element("dt", words.text("column." + fact.get(0)));
      html.open("dd");
      Object value = fact.get(1);
      if (value instanceof Instant) {
        words.time(html, (Instant) value);
      } else if (codes.get(i)) {
        html.element("code", String.valueOf(value));
      } else {
        html.text(
            value instanceof Number
                ? words.number(((Number) value).longValue())
                : words.code(value));
      }
      html.close();
    }
    html.close().close();
  }
}
