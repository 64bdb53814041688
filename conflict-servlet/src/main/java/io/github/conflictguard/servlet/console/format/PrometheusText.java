package io.github.conflictguard.servlet.console.format;

/**
 * Writes metrics in the text format of Prometheus, version 0.0.4. Not safe for use by several
 * threads.
 */
public final class PrometheusText {

  /** The media type. */
  public static final String TYPE = "text/plain;version=0.0.4;charset=utf-8";

  private final StringBuilder text = new StringBuilder(2048);
  private String name = "";

  /** Creates a text without metrics. */
  public PrometheusText() {}

  /** Begins a metric that only grows. */
  public PrometheusText counter(String metric, String help) {
    return begin(metric, help, "counter");
  }

  /** Begins a metric with a current value. */
  public PrometheusText gauge(String metric, String help) {
    return begin(metric, help, "gauge");
  }

  /** Adds a sample of the metric; labels come as name, value, name, value. */
  public PrometheusText sample(double value, String... labels) {
    text.append(name);
    for (int i = 0; i + 1 < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      escape(labels[i + 1]);
      text.append('"');
    }
    text.append(labels.length == 0 ? " " : "} ");
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      text.append((long) value);
    } else {
      text.append(value);
    }
    text.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private PrometheusText begin(String metric, String help, String type) {
    this.name = metric;
    text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == '"') {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else {
        text.append(c == '\r' ? ' ' : c);
      }
    }
  }
}
