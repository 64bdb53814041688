package io.github.conflictguard.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A complete response to a {@link ClientRequest}. Immutable and thread-safe. */
public final class ClientResponse {

  /** The longest body that is read, in bytes: 16 MiB. */
  public static final int LONGEST_BODY = 16 * 1024 * 1024;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final ConflictAdvice advice;

  private ClientResponse(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Collections.unmodifiableMap(headers);
    this.body = body;
    this.advice = ConflictAdvice.of(status, headers::get, body);
  }

  /**
   * Creates a response.
   *
   * @param headers the field lines by name; a null name, which HttpURLConnection uses for the
   *     status line, is ignored
   * @param body the body, which is copied; empty for none
   */
  public static ClientResponse of(int status, Map<String, List<String>> headers, byte[] body) {
    return new ClientResponse(status, combined(headers), body.clone());
  }

  /**
   * Creates a response and reads its body to the end. Does not close the stream.
   *
   * @param body the body; null when there is none
   * @throws IOException if the body cannot be read, or is longer than {@link #LONGEST_BODY}
   */
  public static ClientResponse read(
      int status, Map<String, List<String>> headers, @Nullable InputStream body)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (body != null) {
      byte[] part = new byte[8192];
      for (int read = body.read(part); read >= 0; read = body.read(part)) {
        if (bytes.size() + read > LONGEST_BODY) {
          throw new ResponseTooLongException(LONGEST_BODY);
        }
        bytes.write(part, 0, read);
      }
    }
    return new ClientResponse(status, combined(headers), bytes.toByteArray());
  }

  /** Combines the lines of each field (RFC 9110, section 5.3). */
  private static Map<String, String> combined(Map<String, List<String>> lines) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<@Nullable String, List<String>> field : lines.entrySet()) {
      String name = field.getKey();
      if (name != null) {
        headers.merge(name, String.join(", ", field.getValue()), (a, b) -> a + ", " + b);
      }
    }
    return headers;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns whether the status is 2xx. */
  public boolean isSuccessful() {
    return status >= 200 && status < 300;
  }

  /** Returns the headers. Unmodifiable; names are compared in any case, lines are combined. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the value of a header; null when the response does not have it. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Returns a copy of the body; empty when there is none. */
  public byte[] body() {
    return body.clone();
  }

  /** Returns the body, decoded as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Returns the entity tag of the resource as in a header, with quotes and weak flag; null when the
   * response has none, or a malformed one.
   */
  public @Nullable String tag() {
    return advice.currentTag();
  }

  /** Returns what the response means for the client. */
  public ConflictAdvice advice() {
    return advice;
  }

  @Override
  public String toString() {
    return advice.toString();
  }
}
