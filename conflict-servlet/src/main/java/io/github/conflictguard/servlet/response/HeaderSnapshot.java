package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Response headers that survive a {@code reset()}. Not thread-safe. */
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

  /** Further headers that belong to the replaced response, not to the connection or the client. */
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
              "trailer",
              "x-should-retry"));

  /** Names and values alternately; all values of a name are adjacent. */
  private final List<String> headers = new ArrayList<>(8);

  private final @Nullable String contentType;

  HeaderSnapshot(@Nullable String contentType) {
    this.contentType = contentType;
  }

  /** Returns the headers that earlier filters have set before the application runs. */
  public static HeaderSnapshot before(HttpServletResponse response) {
    // Some containers do not list it among the headers.
    HeaderSnapshot snapshot = new HeaderSnapshot(response.getContentType());
    for (String name : response.getHeaderNames()) {
      snapshot.add(name, response.getHeaders(name));
    }
    return snapshot;
  }

  /**
   * Returns the headers that a 304 keeps: all but those that describe a body (RFC 9110, 15.4.5).
   */
  public static HeaderSnapshot forNotModified(HttpServletResponse response) {
    HeaderSnapshot snapshot = new HeaderSnapshot(null);
    for (String name : response.getHeaderNames()) {
      if (!DESCRIBE_A_BODY.contains(name.toLowerCase(Locale.ROOT))) {
        snapshot.add(name, response.getHeaders(name));
      }
    }
    return snapshot;
  }

  /** Returns these headers, and one more value of a header. */
  public HeaderSnapshot with(String name, String value) {
    HeaderSnapshot more = new HeaderSnapshot(contentType);
    more.headers.addAll(headers);
    more.extend(name, Collections.singleton(value));
    return more;
  }

  /** Returns whether the response has exactly these headers. */
  public boolean isThatOf(HttpServletResponse response) {
    List<String> now = before(response).headers;
    return now.equals(headers);
  }

  /** Resets the response and restores exactly these headers. */
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
   * Resets the response and restores these headers. Headers that the application has added since
   * are kept as well, such as security headers and request identifiers, except those that describe
   * the replaced response. Its cookies and CORS headers are always kept: the session of the client,
   * and its permission to read the response.
   */
  public void resetForAnswer(HttpServletResponse response) {
    for (String name : response.getHeaderNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("vary")) {
        // The application may add to Vary, but the names that earlier filters have set remain
        // valid.
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

  /** Replaces the values of a header. */
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
