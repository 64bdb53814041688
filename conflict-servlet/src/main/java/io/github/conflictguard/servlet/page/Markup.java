package io.github.conflictguard.servlet.page;

/** HTML under construction. Text gets into it escaped, tags as they are. One thread at a time. */
public final class Markup {

  private final StringBuilder html;

  public Markup() {
    this.html = new StringBuilder(4096);
  }

  /** Adds tags that are a constant of the program, never anything that came from outside. */
  public Markup tag(String constant) {
    html.append(constant);
    return this;
  }

  /** Adds text for between tags, or for inside an attribute's quotes. */
  public Markup text(String text) {
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i));
    }
    return this;
  }

  /** Adds an attribute with a leading space; the name is a constant of the program. */
  public Markup attribute(String name, String value) {
    html.append(' ').append(name).append("=\"");
    return text(value).tag("\"");
  }

  /** Adds what another one holds. */
  public Markup add(Markup other) {
    html.append(other.html);
    return this;
  }

  /** Returns whether nothing has been added yet. */
  public boolean isEmpty() {
    return html.length() == 0;
  }

  /** The HTML so far. */
  @Override
  public String toString() {
    return html.toString();
  }

  private void append(char c) {
    switch (c) {
      case '&':
        html.append("&amp;");
        break;
      case '<':
        html.append("&lt;");
        break;
      case '>':
        html.append("&gt;");
        break;
      case '"':
        html.append("&quot;");
        break;
      case '\'':
        html.append("&#39;");
        break;
      case '\r':
        // A parser makes LF of CR and CRLF, in attributes too, unless it is written so.
        html.append("&#13;");
        break;
      case '\0':
        // No parser keeps it, and none accepts a reference to it.
        html.append('\uFFFD');
        break;
      default:
        html.append(c);
    }
  }
}
