package io.github.conflictguard.servlet.console.html;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes HTML and inline SVG. There is no method that adds markup as it is: text and attribute
 * values are escaped, names of elements and attributes are checked, and whatever the content
 * security policy of the monitor forbids (event handlers, style attributes, inline scripts,
 * addresses with a scheme) is rejected. Not safe for use by several threads.
 */
public final class Html {

  private final StringBuilder out = new StringBuilder(8192);
  private final Deque<String> open = new ArrayDeque<>();
  private boolean isFile;

  public Html() {}

  /** Returns a document of HTML that has nothing but its type yet. */
  public static Html document() {
    Html html = new Html();
    html.out.append("<!DOCTYPE html>\n");
    return html;
  }

  /** Omits all addresses from now on, for a document that is kept as a file. */
  public Html asFile() {
    isFile = true;
    return this;
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; an attribute whose value is null is omitted
   */
  public Html open(String element, @Nullable String... attributes) {
    start(element, attributes);
    out.append('>');
    open.push(element);
    return this;
  }

  /** Closes the innermost open element. */
  public Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Adds an element without content: a void element of HTML, or one of SVG. */
  public Html empty(String element, @Nullable String... attributes) {
    start(element, attributes);
    out.append("/>");
    return this;
  }

  /** Adds an element that contains text only. */
  public Html element(String element, String text, @Nullable String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** Adds a reference to a script of the monitor. */
  public Html script(Asset script) {
    start("script", "src", script.name(), "defer", "");
    out.append("></script>");
    return this;
  }

  /** Adds the text of a style sheet of the monitor, for documents that are kept as files. */
  public Html inline(Asset sheet) {
    start("style");
    out.append('>').append(sheet.text()).append("</style>");
    return this;
  }

  /** Adds text. */
  public Html text(String text) {
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i));
    }
    return this;
  }

  /**
   * Adds a sentence in which {@code {0}} and the following numbers are replaced by the arguments,
   * each set off as strong text.
   */
  public Html sentence(String pattern, String... arguments) {
    int from = 0;
    for (int at = pattern.indexOf('{'); at >= 0; at = pattern.indexOf('{', from)) {
      int end = pattern.indexOf('}', at);
      int number = end == at + 2 ? pattern.charAt(at + 1) - '0' : -1;
      if (number < 0 || number >= arguments.length) {
        text(pattern.substring(from, at + 1));
        from = at + 1;
      } else {
        text(pattern.substring(from, at)).element("b", arguments[number]);
        from = end + 1;
      }
    }
    return text(pattern.substring(from));
  }

  /**
   * Returns the document.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("<" + open.peek() + "> is not closed");
    }
    return out.toString();
  }

  private void start(String element, @Nullable String... attributes) {
    check(isName(element), "element", element);
    out.append('<').append(element);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value != null) {
        attribute(String.valueOf(attributes[i]), value);
      }
    }
  }

  private void attribute(String name, String value) {
    check(isName(name) && !name.startsWith("on") && !name.equals("style"), "attribute", name);
    if (name.equals("href") || name.equals("src") || name.equals("action")) {
      check(isRelative(value), "address", value);
      if (isFile) {
        return;
      }
    }
    out.append(' ').append(name);
    if (!value.isEmpty()) {
      out.append("=\"");
      text(value);
      out.append('"');
    }
  }

  /** The names that HTML and SVG use, where SVG has upper-case letters as well. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-'))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Without a scheme and without an authority, an address stays below the monitor's own. */
  private static boolean isRelative(String address) {
    return address.indexOf(':') < 0 && address.indexOf('\\') < 0 && !address.startsWith("/");
  }

  private static void check(boolean right, String what, String name) {
    if (!right) {
      throw new IllegalArgumentException("The monitor writes no " + what + " '" + name + "'");
    }
  }

  private void escape(char c) {
    switch (c) {
      case '&':
        out.append("&amp;");
        break;
      case '<':
        out.append("&lt;");
        break;
      case '>':
        out.append("&gt;");
        break;
      case '"':
        out.append("&quot;");
        break;
      case '\'':
        out.append("&#39;");
        break;
      default:
        // Directions of text and other controls would change what the rest of the line looks like.
        out.append(isVisible(c) ? c : '\uFFFD');
    }
  }

  private static boolean isVisible(char c) {
    return c == '\n' || c == '\t' || !(Character.isISOControl(c) || isDirection(c));
  }

  /** The marks of Unicode's bidirectional algorithm (UAX 9). */
  private static boolean isDirection(char c) {
    return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069') || c == '\u200F';
  }
}
