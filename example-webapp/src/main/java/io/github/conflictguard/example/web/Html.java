package io.github.conflictguard.example.web;

/** Makes text safe for HTML: every value that a page shows goes through here. */
public final class Html {

  private Html() {}

  /** The value as it may stand between tags and in quoted attributes; null is shown as nothing. */
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
