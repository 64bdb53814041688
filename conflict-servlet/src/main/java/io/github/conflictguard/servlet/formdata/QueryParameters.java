package io.github.conflictguard.servlet.formdata;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parser of query strings and forms that does not use the container, whose {@code getParameter}
 * would read the body as well, in the encoding that is set at that moment. Every method takes time
 * proportional to the length of its input.
 */
public final class QueryParameters {

  private static final PercentDecoder UTF_8 = new PercentDecoder(StandardCharsets.UTF_8, false);

  private QueryParameters() {}

  /**
   * Parses a query string as UTF-8. A parameter that cannot be decoded ({@code p=%}) is omitted:
   * containers ignore it (Tomcat up to 10.1) or reject the request when the application reads a
   * parameter.
   *
   * @param query the query string, or null
   * @return the values by name, in the order in which they were sent
   */
  public static Map<String, String[]> parse(@Nullable String query) {
    return query == null || query.isEmpty() ? Collections.emptyMap() : parse(query, UTF_8);
  }

  /** Parses the URL-encoded body of a form; undecodable parameters are omitted. */
  public static Map<String, String[]> parse(byte[] body, Charset charset) {
    return parse(new String(body, StandardCharsets.ISO_8859_1), new PercentDecoder(charset, false));
  }

  private static Map<String, String[]> parse(String text, PercentDecoder decoder) {
    ParameterList parameters = new ParameterList();
    forEachPair(
        text,
        (from, equals, to) -> {
          String name = decoder.decode(text, from, equals);
          String value = decoder.decode(text, Math.min(equals + 1, to), to);
          if (name != null && value != null) {
            parameters.add(name, value);
          }
          return true;
        });
    return parameters.toMap();
  }

  /**
   * Visits the pairs in a text, except empty ones.
   *
   * @param visitor returns whether to continue
   */
  static void forEachPair(String text, PairVisitor visitor) {
    int from = 0;
    while (from <= text.length()) {
      int ampersand = text.indexOf('&', from);
      int to = ampersand < 0 ? text.length() : ampersand;
      if (to > from) {
        int equals = from;
        while (equals < to && text.charAt(equals) != '=') {
          equals++;
        }
        if (!visitor.visit(from, equals, to)) {
          return;
        }
      }
      from = to + 1;
    }
  }

  /** Decodes a path, in which a plus sign is literal. */
  public static String decodePath(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8.name());
    } catch (IllegalArgumentException e) {
      return path; // A stray percent sign: taken literally, as browsers do.
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("Every Java platform has UTF-8", e);
    }
  }

  /** Returns a query without one parameter; the others are unchanged. */
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

  /** Returns a new array of the given values followed by the others. */
  public static String[] append(String[] values, String[] more) {
    String[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }

  /** A visitor of the pairs of a text. */
  interface PairVisitor {

    /**
     * Visits a pair.
     *
     * @param equals the index of its equals sign, or its end if it has none
     * @return whether to continue
     */
    boolean visit(int from, int equals, int to);
  }
}
