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

/** The answer to a write that was applied. Immutable. */
public final class RecordedAnswer {

  private static final String LOCATION = "Location";

  /** The name that the field has in the draft on Idempotency-Key and at those who implement it. */
  private static final String REPLAYED = "Idempotent-Replayed";

  /** Those that belong to one transfer, and not to the answer. */
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
   * A redirect.
   *
   * @param location as the application said it
   */
  static RecordedAnswer redirect(int status, String location) {
    return new RecordedAnswer(status, location);
  }

  /** How much memory it takes, roughly, in bytes. */
  int size() {
    int size = 512 + body.length;
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      size += 64 + 2 * (header.getKey().length() + header.getValue().toString().length());
    }
    return size;
  }

  /** Answers as the first time, and marks that. */
  public void sendTo(HttpServletResponse response) throws IOException {
    List<String> location = headers.get(LOCATION);
    if (status == HttpServletResponse.SC_FOUND && location != null) {
      // As the application had it: the container makes a whole address of it.
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
