package io.github.conflictguard.servlet.page;

/**
 * A builder of HTML. Text is escaped, tags are added unchanged. Not safe for use by several
 * threads.
 */
public final class Markup {

  private final StringBuilder html;

  public Markup() {
    this.html = new StringBuilder(4096);
  }

  /** Adds tags that are a constant of the program, never any external input. */
  public Markup tag(String constant) {
    html.append(constant);
    return this;
  }

  /** Adds text between tags, or inside the quotes of an attribute. */
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

  /** Adds the contents of another instance. */
  public Markup add(Markup other) {
    html.append(other.html);
    return this;
  }

  /** Returns whether nothing has been added yet. */
  public boolean isEmpty() {
    return html.length() == 0;
  }

  /** Returns the HTML so far. */
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
        // A parser converts CR and CRLF to LF, in attributes too, unless they are written as
        // references.
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
