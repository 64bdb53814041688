package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Response headers that survive a {@code reset()}. Not safe for use by several threads. */
public final class HeaderSnapshot {

  private static final Set<String> DESCRIBE_A_BODY =
      new HashSet<>(
          Arrays.asList(
              "content-type",
              "content-length",
              "content-encoding",
              "content-language",
              "content-range",
              "transfer-encoding",
              "last-modified"));

  /** Names and values in turn. Nearly always they are not asked for again. */
  private final List<String> before = new ArrayList<>(8);

  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private @Nullable String contentType;

  private HeaderSnapshot() {}

  /** The headers that filters in front of ours have set before the application runs. */
  public static HeaderSnapshot before(HttpServletResponse response) {
    HeaderSnapshot snapshot = new HeaderSnapshot();
    // Some containers do not count it among the headers.
    snapshot.contentType = response.getContentType();
    for (String name : response.getHeaderNames()) {
      for (String value : response.getHeaders(name)) {
        snapshot.before.add(name);
        snapshot.before.add(value);
      }
    }
    return snapshot;
  }

  /** The headers that a 304 keeps: all but those that describe a body (RFC 9110, 15.4.5). */
  public static HeaderSnapshot forNotModified(HttpServletResponse response) {
    return new HeaderSnapshot().add(response, name -> !DESCRIBE_A_BODY.contains(name));
  }

  /** Empties the response and puts these headers back, and nothing else. */
  public void restoreTo(HttpServletResponse response) {
    sort();
    response.reset();
    if (contentType != null && !headers.containsKey("Content-Type")) {
      response.setContentType(contentType);
    }
    headers.forEach(
        (name, values) -> {
          response.setHeader(name, values.get(0));
          values.stream().skip(1).forEach(value -> response.addHeader(name, value));
        });
  }

  /**
   * Empties the response and puts these headers back. Cookies and CORS headers that the application
   * has set since stay as well: the session of the client, and its right to read the answer.
   */
  public void resetForAnswer(HttpServletResponse response) {
    sort();
    add(response, name -> name.equals("set-cookie") || name.startsWith("access-control-"));
    restoreTo(response);
  }

  private void sort() {
    for (int i = 0; i < before.size(); i += 2) {
      headers.computeIfAbsent(before.get(i), name -> new ArrayList<>(1)).add(before.get(i + 1));
    }
    before.clear();
  }

  private HeaderSnapshot add(HttpServletResponse response, Predicate<String> wanted) {
    for (String name : response.getHeaderNames()) {
      if (wanted.test(name.toLowerCase(Locale.ROOT))) {
        headers.put(name, new ArrayList<>(response.getHeaders(name)));
      }
    }
    return this;
  }
}
