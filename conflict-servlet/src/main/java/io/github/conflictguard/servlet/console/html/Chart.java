package io.github.conflictguard.servlet.console.html;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart of stacked bars as inline SVG: presentation attributes and classes only, so that it needs
 * no permission of the content security policy.
 */
public final class Chart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 190;
  private static final int LEFT = 34;
  private static final int RIGHT = 6;
  private static final int TOP = 10;
  private static final int BOTTOM = 24;
  private static final int LABEL_WIDTH = 52;

  private final List<String> labels;
  private final List<Series> series = new ArrayList<>();

  /** Creates a chart with a bar for each label. */
  public Chart(List<String> labels) {
    this.labels = labels;
  }

  /**
   * Adds a series on top of the previous ones.
   *
   * @param tone the class of its colour in the style sheet
   * @param values one for each label
   */
  public Chart with(String name, String tone, List<Long> values) {
    series.add(new Series(name, tone, values));
    return this;
  }

  /** Returns whether there is nothing to see. */
  public boolean isEmpty() {
    return highest() == 0;
  }

  /** Writes the chart and its legend. */
  public void write(Html html, String description) {
    html.open("ul", "class", "legend");
    for (Series one : series) {
      html.open("li").element("i", "", "class", "dot " + one.tone).text(one.name).close();
    }
    html.close();
    html.open(
        "div", "class", "scroll end", "tabindex", "0", "role", "group", "aria-label", description);
    html.open(
        "svg",
        "class",
        "chart",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-label",
        description);
    long top = roundedUp(highest());
    grid(html, top);
    int plot = WIDTH - LEFT - RIGHT;
    double step = (double) plot / Math.max(1, labels.size());
    int every = Math.max(1, (int) Math.ceil(LABEL_WIDTH / step));
    for (int i = 0; i < labels.size(); i++) {
      double x = LEFT + i * step;
      bar(html, i, x + step * 0.14, step * 0.72, top);
      if ((labels.size() - 1 - i) % every == 0) {
        html.element(
            "text",
            labels.get(i),
            "x",
            number(x + step / 2),
            "y",
            String.valueOf(HEIGHT - 7),
            "text-anchor",
            i == labels.size() - 1 && every > 1 ? "end" : "middle");
      }
    }
    html.close().close();
  }

  private void grid(Html html, long top) {
    long lines = top < 4 ? top : 4;
    for (long line = 0; line <= lines; line++) {
      long value = top * line / Math.max(1, lines);
      String y = number(y(value, top));
      html.empty(
          "line",
          "class",
          "grid",
          "x1",
          String.valueOf(LEFT),
          "x2",
          String.valueOf(WIDTH - RIGHT),
          "y1",
          y,
          "y2",
          y);
      html.element(
          "text",
          String.valueOf(value),
          "x",
          String.valueOf(LEFT - 7),
          "y",
          number(y(value, top) + 3.5),
          "text-anchor",
          "end");
    }
  }

  private void bar(Html html, int at, double x, double width, long top) {
    long below = 0;
    StringBuilder tip = new StringBuilder(labels.get(at));
    for (Series one : series) {
      if (one.values.get(at) > 0) {
        tip.append('\n').append(one.name).append(": ").append(one.values.get(at));
      }
    }
    for (Series one : series) {
      long value = one.values.get(at);
      if (value > 0) {
        double y = y(below + value, top);
        html.open(
                "rect",
                "class",
                one.tone,
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                number(y(below, top) - y),
                "rx",
                "1.5")
            .element("title", tip.toString())
            .close();
        below += value;
      }
    }
  }

  private static double y(long value, long top) {
    return HEIGHT - BOTTOM - (double) (HEIGHT - TOP - BOTTOM) * value / Math.max(1, top);
  }

  private long highest() {
    long highest = 0;
    for (int i = 0; i < labels.size(); i++) {
      long sum = 0;
      for (Series one : series) {
        sum += one.values.get(i);
      }
      highest = Math.max(highest, sum);
    }
    return highest;
  }

  /** The next of 1, 2, 3, 4, 8, 12, 20, 40, 60, 80, ..., all of which four lines divide evenly. */
  private static long roundedUp(long value) {
    if (value <= 4) {
      return Math.max(1, value);
    }
    long scale = 1;
    while (true) {
      for (long digit : new long[] {8, 12, 20, 40, 60}) {
        if (value <= digit * scale) {
          return digit * scale;
        }
      }
      scale *= 10;
    }
  }

  /** One decimal is a tenth of a pixel; a locale never changes the separator. */
  private static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths % 10));
  }

  private static final class Series {
    private final String name;
    private final String tone;
    private final List<Long> values;

    Series(String name, String tone, List<Long> values) {
      this.name = name;
      this.tone = tone;
      this.values = values;
    }
  }
}
