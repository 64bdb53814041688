package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Address;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import io.github.conflictguard.servlet.statistics.Frequency;
import io.github.conflictguard.servlet.statistics.HourlyTop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent names in three windows: the current hour, the hour before, and since the start.
 */
final class TopPage implements Page {

  private static final int MOST = 100;

  private final String column;
  private final HourlyTop top;
  private final @Nullable String parameter;

  /**
   * Creates a page.
   *
   * @param column what the names are
   * @param parameter the parameter by which the page of conflicts filters by such a name; null for
   *     none
   */
  TopPage(String column, HourlyTop top, @Nullable String parameter) {
    this.column = column;
    this.top = top;
    this.parameter = parameter;
  }

  @Override
  public List<Section> sections(Visit visit) {
    List<Section> sections = new ArrayList<>();
    sections.add(section("top.since", "sinceStart", HourlyTop.Window.SINCE_START));
    sections.add(section("top.this", "thisHour", HourlyTop.Window.THIS_HOUR));
    sections.add(section("top.last", "lastHour", HourlyTop.Window.LAST_HOUR));
    return sections;
  }

  private Section section(String heading, String name, HourlyTop.Window window) {
    Table table =
        new Table(name)
            .column(column, Kind.CODE)
            .column("count", Kind.NUMBER)
            .column("error", Kind.PROGRAM)
            .column("share", Kind.SHARE);
    long total = Math.max(1, top.total(window));
    for (Frequency frequency : top.top(window, MOST)) {
      Table.Row row =
          table
              .row(
                  frequency.name(),
                  frequency.count(),
                  frequency.error(),
                  (double) frequency.count() / total)
              .uncertain(frequency.isRough());
      if (parameter != null) {
        row.linkedTo(Address.of("conflicts", parameter, frequency.name()));
      }
    }
    return new TableSection(heading, table);
  }
}
