package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.format.Column;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Html;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few numbers in large type, each with a link to the page that explains it. */
public final class Figures implements Section {

  private final Table table;
  private final List<Figure> figures = new ArrayList<>();

  /** Creates the section without numbers. */
  public Figures() {
    this.table =
        new Table("figures")
            .column("figure", Column.Kind.BADGE)
            .column("value", Column.Kind.NUMBER);
  }

  /**
   * Adds a number.
   *
   * @param name the name of its text; its explanation is {@code figure.name.more}
   * @param tone the class of its mark in the style sheet
   * @param page the page with details; null for none
   */
  public Figures with(String name, long value, String tone, @Nullable String page) {
    figures.add(new Figure(name, value, tone, page));
    table.row(name, value);
    return this;
  }

  @Override
  public List<Table> tables() {
    return Collections.singletonList(table);
  }

  @Override
  public void write(Html html, Words words) {
    html.open("section", "class", "plain", "aria-label", words.text("figures"));
    html.open("dl", "class", "figures");
    for (Figure figure : figures) {
      html.open("div").open("dt");
      html.element("i", "", "class", ("dot " + figure.tone).trim());
      html.text(words.text("figure." + figure.name)).close();
      html.open("dd");
      html.open("div", "class", figure.value == 0 ? "value zero" : "value " + figure.tone);
      if (figure.page == null) {
        html.text(words.number(figure.value));
      } else {
        html.element("a", words.number(figure.value), "href", figure.page);
      }
      html.close();
      html.element("div", words.text("figure." + figure.name + ".more"), "class", "more");
      html.close().close();
    }
    html.close().close();
  }

  private static final class Figure {
    private final String name;
    private final long value;
    private final String tone;
    private final @Nullable String page;

    Figure(String name, long value, String tone, @Nullable String page) {
      this.name = name;
      this.value = value;
      this.tone = tone;
      this.page = page;
    }
  }
}
