package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  /** What else belongs to the answer that is replaced, and not to the connection or the client. */
  private static final Set<String> OF_THE_ANSWER =
      new HashSet<>(
          Arrays.asList(
              "etag",
              "accept-ranges",
              "age",
              "allow",
              "cache-control",
              "digest",
              "expires",
              "location",
              "pragma",
              "refresh",
              "repr-digest",
              "retry-after",
              "trailer"));

  /** Names and values in turn; the values of one name follow each other. */
  private final List<String> headers = new ArrayList<>(8);

  private final @Nullable String contentType;

  HeaderSnapshot(@Nullable String contentType) {
    this.contentType = contentType;
  }

  /** The headers that filters in front of ours have set before the application runs. */
  public static HeaderSnapshot before(HttpServletResponse response) {
    // Some containers do not count it among the headers.
    HeaderSnapshot snapshot = new HeaderSnapshot(response.getContentType());
    for (String name : response.getHeaderNames()) {
      snapshot.add(name, response.getHeaders(name));
    }
    return snapshot;
  }

  /** The headers that a 304 keeps: all but those that describe a body (RFC 9110, 15.4.5). */
  public static HeaderSnapshot forNotModified(HttpServletResponse response) {
    HeaderSnapshot snapshot = new HeaderSnapshot(null);
    for (String name : response.getHeaderNames()) {
      if (!DESCRIBE_A_BODY.contains(name.toLowerCase(Locale.ROOT))) {
        snapshot.add(name, response.getHeaders(name));
      }
    }
    return snapshot;
  }

  /** Whether the response has these headers, and no others. */
  public boolean isThatOf(HttpServletResponse response) {
    List<String> now = before(response).headers;
    return now.equals(headers);
  }

  /** Empties the response and puts these headers back, and nothing else. */
  public void restoreTo(HttpServletResponse response) {
    response.reset();
    if (contentType != null && placeOf("Content-Type") < 0) {
      response.setContentType(contentType);
    }
    String last = "";
    for (int i = 0; i < headers.size(); i += 2) {
      String name = headers.get(i);
      if (name.equals(last)) {
        response.addHeader(name, headers.get(i + 1));
      } else {
        response.setHeader(name, headers.get(i + 1));
      }
      last = name;
    }
  }

  /**
   * Empties the response and puts these headers back. What the application has added since stays as
   * well, such as security headers and identifiers of the request; all but what describes the
   * answer that is replaced. Its cookies and CORS headers stay in any case: the session of the
   * client, and its right to read the answer.
   */
  public void resetForAnswer(HttpServletResponse response) {
    for (String name : response.getHeaderNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("vary")) {
        // What filters in front vary by is no less true for that the application varies by more.
        extend(name, response.getHeaders(name));
      } else if (lower.equals("set-cookie")
          || lower.startsWith("access-control-")
          || (placeOf(name) < 0 && !isOfTheAnswer(lower))) {
        add(name, response.getHeaders(name));
      }
    }
    restoreTo(response);
  }

  private static boolean isOfTheAnswer(String name) {
    return DESCRIBE_A_BODY.contains(name)
        || OF_THE_ANSWER.contains(name)
        || (name.startsWith("content-") && !name.startsWith("content-security-policy"));
  }

  private void extend(String name, Collection<String> values) {
    Set<String> all = new LinkedHashSet<>();
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        all.add(headers.get(i + 1));
      }
    }
    all.addAll(values);
    add(name, all);
  }

  /** These values in place of those that it had. */
  void add(String name, Collection<String> values) {
    for (int place = placeOf(name); place >= 0; place = placeOf(name)) {
      headers.subList(place, place + 2).clear();
    }
    for (String value : values) {
      headers.add(name);
      headers.add(value);
    }
  }

  private int placeOf(String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }
}
