package io.github.conflictguard.html;

import org.jspecify.annotations.Nullable;

/** Adds a parameter to an address in a start tag, and leaves the rest of the tag unchanged. */
public final class LinkAttribute {

  private LinkAttribute() {}

  /**
   * Adds a parameter.
   *
   * @param tag the whole start tag as written
   * @param attribute the name of the attribute that holds the address, in lower case
   * @param parameter {@code name=value}, of characters that need no escaping
   * @param path the path to which an empty address resolves; empty where none is needed
   * @param pageQuery the query of the page, which an empty address keeps; null when it has none
   */
  public static void append(
      StringBuilder tag,
      String attribute,
      String parameter,
      String path,
      @Nullable String pageQuery) {
    String whole = path.replace("&", "&amp;") + address(pageQuery, parameter);
    int at = endOfName(tag, 1);
    int afterName = at;
    while (at < tag.length()) {
      at = skip(tag, at, " \t\r\n\f/");
      int nameEnd = endOfAttribute(tag, at);
      if (nameEnd == at) {
        break;
      }
      String name = tag.substring(at, nameEnd);
      int equals = skip(tag, nameEnd, " \t\r\n\f");
      boolean valued = equals < tag.length() && tag.charAt(equals) == '=';
      int value = valued ? skip(tag, equals + 1, " \t\r\n\f") : nameEnd;
      int end = valued ? endOfValue(tag, value) : nameEnd;
      if (name.equalsIgnoreCase(attribute)) {
        boolean quoted = valued && value < end && isQuote(tag.charAt(value));
        if (valued && (quoted ? end - value > 2 : end > value)) {
          insert(tag, quoted ? value + 1 : value, quoted ? end - 1 : end, parameter);
        } else {
          tag.replace(at, end, attribute + "=\"" + whole + '"');
        }
        return;
      }
      at = end;
    }
    tag.insert(afterName, ' ' + attribute + "=\"" + whole + '"');
  }

  private static void insert(StringBuilder tag, int from, int to, String parameter) {
    int fragment = tag.indexOf("#", from);
    // A character reference contains a number sign as well.
    while (fragment > from && fragment < to && tag.charAt(fragment - 1) == '&') {
      fragment = tag.indexOf("#", fragment + 1);
    }
    int end = fragment >= 0 && fragment < to ? fragment : to;
    int question = tag.indexOf("?", from);
    String divider = question < 0 || question >= end ? "?" : question == end - 1 ? "" : "&amp;";
    tag.insert(end, divider + parameter);
  }

  private static String address(@Nullable String query, String parameter) {
    return query == null || query.isEmpty()
        ? "?" + parameter
        : "?"
            + query.replace("&", "&amp;").replace("\"", "%22").replace("<", "%3C")
            + "&amp;"
            + parameter;
  }

  private static int endOfName(StringBuilder tag, int from) {
    int at = from;
    while (at < tag.length() && " \t\r\n\f/>".indexOf(tag.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int endOfAttribute(StringBuilder tag, int from) {
    int at = from;
    while (at < tag.length()
        && " \t\r\n\f/>".indexOf(tag.charAt(at)) < 0
        && (tag.charAt(at) != '=' || at == from)) {
      at++;
    }
    return at;
  }

  private static int endOfValue(StringBuilder tag, int from) {
    if (from < tag.length() && isQuote(tag.charAt(from))) {
      int end = tag.indexOf(String.valueOf(tag.charAt(from)), from + 1);
      return end < 0 ? tag.length() : end + 1;
    }
    int at = from;
    while (at < tag.length() && " \t\r\n\f>".indexOf(tag.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int skip(StringBuilder tag, int from, String skipped) {
    int at = from;
    while (at < tag.length() && skipped.indexOf(tag.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
