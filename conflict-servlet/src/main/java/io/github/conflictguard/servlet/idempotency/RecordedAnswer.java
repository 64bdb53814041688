package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.buffer.BufferedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The response to a write that was applied. Immutable. */
public final class RecordedAnswer {

  private static final String LOCATION = "Location";

  /** A header that implementers of the Idempotency-Key draft send with a repeated response. */
  private static final String REPLAYED = "Idempotent-Replayed";

  /** Headers of a single transfer, which are not stored. */
  private static final Set<String> NOT_RECORDED =
      new HashSet<>(
          Arrays.asList(
              "set-cookie", "date", "server", "connection", "keep-alive", "transfer-encoding"));

  private final int status;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final byte[] body;

  RecordedAnswer(HttpServletResponse response, BufferedResponse answer) {
    this.status = response.getStatus();
    String contentType = response.getContentType();
    if (contentType != null) {
      headers.put("Content-Type", new ArrayList<>(Arrays.asList(contentType)));
    }
    for (String name : response.getHeaderNames()) {
      if (!NOT_RECORDED.contains(name.toLowerCase(Locale.ROOT))
          && !name.equalsIgnoreCase("Content-Type")) {
        headers.put(name, new ArrayList<>(response.getHeaders(name)));
      }
    }
    this.body = answer.encodedBody();
  }

  private RecordedAnswer(int status, String location) {
    this.status = status;
    this.headers.put(LOCATION, new ArrayList<>(Arrays.asList(location)));
    this.body = new byte[0];
  }

  /**
   * Returns a redirect.
   *
   * @param location as set by the application
   */
  static RecordedAnswer redirect(int status, String location) {
    return new RecordedAnswer(status, location);
  }

  /** Returns its approximate size in bytes. */
  int size() {
    int size = 512 + body.length;
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      size += 64 + 2 * (header.getKey().length() + header.getValue().toString().length());
    }
    return size;
  }

  /** Sends the same response again, and marks it as repeated. */
  public void sendTo(HttpServletResponse response) throws IOException {
    List<String> location = headers.get(LOCATION);
    if (status == HttpServletResponse.SC_FOUND && location != null) {
      // As set by the application: the container resolves it to an absolute URL.
      response.setHeader(REPLAYED, "true");
      response.sendRedirect(location.get(0));
      return;
    }
    response.setStatus(status);
    headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    response.setHeader(REPLAYED, "true");
    if (body.length > 0) {
      response.getOutputStream().write(body);
    }
  }
}
