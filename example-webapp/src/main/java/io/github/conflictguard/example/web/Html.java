package io.github.conflictguard.example.web;

/** The escaping of text for HTML, which applies to every value on a page. */
public final class Html {

  private Html() {}

  /** Returns the value for use between tags and in quoted attributes; null becomes empty. */
  public static String escape(Object value) {
    if (value == null) {
      return "";
    }
    return value
        .toString()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
