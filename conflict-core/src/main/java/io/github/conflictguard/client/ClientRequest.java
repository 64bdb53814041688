package io.github.conflictguard.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request that a {@link Transport} sends. Immutable and thread-safe. */
public final class ClientRequest {

  private static final Set<String> READS = new HashSet<>(Arrays.asList("GET", "HEAD"));
  private static final String[] CONDITIONS = {"If-Match", "If-None-Match", "If-Unmodified-Since"};

  private final String method;
  private final String url;
  private final Map<String, String> headers;
  private final byte[] body;

  private ClientRequest(String method, String url, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.url = url;
    this.headers = Collections.unmodifiableMap(headers);
    this.body = body;
  }

  private static Map<String, String> emptyHeaders() {
    return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  }

  /** Creates a GET without headers. */
  public static ClientRequest get(String url) {
    return new ClientRequest("GET", url, emptyHeaders(), new byte[0]);
  }

  /**
   * Creates a request without headers.
   *
   * @param method the method, in upper case
   * @param url the absolute URL
   * @param body the body, which is copied; empty for none
   */
  public static ClientRequest of(String method, String url, byte[] body) {
    return new ClientRequest(method, url, emptyHeaders(), body.clone());
  }

  /**
   * Returns this request with a header, which replaces one of the same name.
   *
   * @throws IllegalArgumentException if the value contains a line break or another control
   *     character
   */
  public ClientRequest with(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      // RFC 9110, 5.5.
      if (value.charAt(i) < ' ' && value.charAt(i) != '\t') {
        throw new IllegalArgumentException(
            "Header " + name + ": expected no control characters, found one at position " + i);
      }
    }
    Map<String, String> more = emptyHeaders();
    more.putAll(headers);
    more.put(name, value);
    return new ClientRequest(method, url, more, body);
  }

  /** Returns this request with a header, unless it has one of the same name. */
  ClientRequest withDefault(String name, String value) {
    return headers.containsKey(name) ? this : with(name, value);
  }

  /** Returns the method. */
  public String method() {
    return method;
  }

  /** Returns the absolute URL. */
  public String url() {
    return url;
  }

  /** Returns the headers. Unmodifiable; names are compared in any case. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the value of a header; null when the request does not have it. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Returns a copy of the body; empty when there is none. */
  public byte[] body() {
    return body.clone();
  }

  /**
   * Returns whether the method is GET or HEAD, so that the request can be sent any number of times.
   */
  public boolean isRead() {
    return READS.contains(method);
  }

  /** Returns whether the request has a precondition for writes (RFC 9110, section 13.1). */
  public boolean isConditional() {
    for (String condition : CONDITIONS) {
      if (headers.containsKey(condition)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return method + " " + url;
  }
}
