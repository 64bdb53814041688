package io.github.conflictguard.servlet.exchange;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, read without the container: its {@code getParameter} would read
 * the body too, in whatever encoding is set at that moment.
 */
public final class QueryParameters {

  private QueryParameters() {}

  /**
   * Reads a query string as UTF-8.
   *
   * @param query null when there is none
   * @return the values by name, in the order in which they were sent
   */
  public static Map<String, String[]> parse(@Nullable String query) {
    return parse(query, StandardCharsets.UTF_8);
  }

  /** Reads a query string, or the body of a form. */
  static Map<String, String[]> parse(@Nullable String query, Charset charset) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), charset);
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), charset);
        parameters.merge(name, new String[] {value}, QueryParameters::append);
      }
    }
    return parameters;
  }

  /** Decodes a path, in which a plus is a plus. */
  public static String decodePath(String path) {
    return decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** A query without one parameter; the others stay as they are written. */
  static String without(String query, String name) {
    StringBuilder rest = new StringBuilder(query.length());
    for (String pair : query.split("&", -1)) {
      if (!pair.equals(name) && !pair.startsWith(name + '=')) {
        rest.append(rest.length() == 0 ? "" : "&").append(pair);
      }
    }
    return rest.toString();
  }

  /** Encodes a value for a query or for a path. */
  public static String encode(String value) {
    try {
      return URLEncoder.encode(value, StandardCharsets.UTF_8.name()).replace("+", "%20");
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("Every Java platform has UTF-8", e);
    }
  }

  static String[] append(String[] values, String[] more) {
    String[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }

  private static String decode(String encoded, Charset charset) {
    try {
      return URLDecoder.decode(encoded, charset.name());
    } catch (IllegalArgumentException e) {
      return encoded; // A stray percent sign: taken literally, as browsers do.
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("A charset knows its own name", e);
    }
  }
}
