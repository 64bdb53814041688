package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.format.Column;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Chart;
import io.github.conflictguard.servlet.console.html.Html;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A chart of counts over hours, with the same numbers in a table. */
public final class ChartSection implements Section {

  private final String heading;
  private final List<String> series;
  private final List<Instant> hours = new ArrayList<>();
  private final List<List<Long>> values = new ArrayList<>();
  private final Table table;

  /**
   * Creates a chart without hours.
   *
   * @param heading the name of its text
   * @param series the names of the series, which are also their classes in the style sheet
   */
  public ChartSection(String heading, List<String> series) {
    this.heading = heading;
    this.series = series;
    this.table = new Table("hours").column("hour", Column.Kind.TIME);
    for (String name : series) {
      table.column(name, Column.Kind.NUMBER);
      values.add(new ArrayList<>());
    }
  }

  /** Adds an hour with a count for each series. */
  public void hour(Instant start, List<Long> counts) {
    hours.add(start);
    Object[] row = new Object[series.size() + 1];
    row[0] = start;
    for (int i = 0; i < series.size(); i++) {
      values.get(i).add(counts.get(i));
      row[i + 1] = counts.get(i);
    }
    table.row(row);
  }

  @Override
  public List<Table> tables() {
    return Collections.singletonList(table);
  }

  @Override
  public void write(Html html, Words words) {
    List<String> labels = new ArrayList<>();
    hours.forEach(hour -> labels.add(words.hour(hour)));
    Chart chart = new Chart(labels);
    for (int i = 0; i < series.size(); i++) {
      chart.with(words.text("column." + series.get(i)), series.get(i), values.get(i));
    }
    html.open("section").element("h2", words.text(heading));
    if (chart.isEmpty()) {
      html.element("p", words.text(heading + ".none"), "class", "empty");
    } else {
      chart.write(html, words.text(heading));
    }
    html.open("details").element("summary", words.text("as-table"));
    html.open("div", "class", "scroll");
    TableSection.write(html, words, table, words.text(heading), Integer.MAX_VALUE);
    html.close().close().close();
  }
}
