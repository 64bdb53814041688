package io.github.conflictguard.servlet.exchange;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, read without the container: its {@code getParameter} would read
 * the body too, in whatever encoding is set at that moment.
 */
final class QueryParameters {

  private QueryParameters() {}

  static Map<String, String[]> parse(@Nullable String query) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        parameters.merge(name, new String[] {value}, QueryParameters::append);
      }
    }
    return parameters;
  }

  private static String[] append(String[] values, String[] more) {
    String[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, "UTF-8");
    } catch (IllegalArgumentException e) {
      return encoded; // A stray percent sign: taken literally, as browsers do.
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("Every Java platform has UTF-8", e);
    }
  }
}
