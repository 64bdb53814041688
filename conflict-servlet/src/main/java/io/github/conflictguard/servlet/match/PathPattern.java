package io.github.conflictguard.servlet.match;

/**
 * A URL pattern as in {@code web.xml} (Servlet specification, chapter 12): {@code /*}, {@code
 * /path/*}, {@code *.extension}, or an exact path.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class PathPattern {

  /** The forms of a pattern, for messages. */
  public static final String FORMS = "/*, /path/*, *.extension or /exact/path";

  private final String pattern;

  private PathPattern(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it has none of the {@link #FORMS}
   */
  public static PathPattern parse(String pattern) {
    String fixed =
        pattern.endsWith("/*")
            ? pattern.substring(0, pattern.length() - 1)
            : pattern.startsWith("*.") ? "/" + pattern.substring(1) : pattern;
    boolean extension = pattern.startsWith("*.");
    if (!fixed.startsWith("/")
        || fixed.indexOf('*') >= 0
        || (extension && (pattern.length() == 2 || pattern.indexOf('/') >= 0))) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is not a URL pattern; accepted are " + FORMS);
    }
    return new PathPattern(pattern);
  }

  /** Returns whether a path, as {@link RequestPath} returns it, matches. */
  public boolean matches(String path) {
    if (pattern.endsWith("/*")) {
      String prefix = pattern.substring(0, pattern.length() - 2);
      return path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
    return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
  }

  @Override
  public String toString() {
    return pattern;
  }
}
