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
import org.jspecify.annotations.Nullable;

/** The response to a write that was applied. Immutable once it is built. */
public final class RecordedAnswer {

  private static final String LOCATION = "Location";

  /** A header that implementers of the Idempotency-Key draft send with a repeated response. */
  public static final String REPLAYED = "Idempotent-Replayed";

  /** Headers of a single transfer, which are not stored. */
  private static final Set<String> NOT_RECORDED =
      new HashSet<>(
          Arrays.asList(
              "set-cookie",
              "set-cookie2",
              "date",
              "server",
              "connection",
              "keep-alive",
              "transfer-encoding"));

  private final Kind kind;
  private final int status;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final byte[] body;

  /** The location of a redirect, or the message of an error; null for none. */
  private @Nullable String text;

  /** Creates a copy of a buffered response. */
  RecordedAnswer(HttpServletResponse response, BufferedResponse answer) {
    this.kind = Kind.BODY;
    this.status = response.getStatus();
    String contentType = response.getContentType();
    if (contentType != null) {
      headers.put("Content-Type", new ArrayList<>(Arrays.asList(contentType)));
    }
    copyHeaders(response, "Content-Type");
    this.body = answer.encodedBody();
  }

  private RecordedAnswer(Kind kind, int status, @Nullable String text) {
    this.kind = kind;
    this.status = status;
    this.text = text;
    this.body = new byte[0];
  }

  private void copyHeaders(HttpServletResponse response, String except) {
    for (String name : response.getHeaderNames()) {
      if (!NOT_RECORDED.contains(name.toLowerCase(Locale.ROOT)) && !name.equalsIgnoreCase(except)) {
        headers.put(name, new ArrayList<>(response.getHeaders(name)));
      }
    }
  }

  /**
   * Returns a redirect.
   *
   * @param location as set by the application
   */
  static RecordedAnswer redirect(int status, String location) {
    return new RecordedAnswer(Kind.REDIRECT, status, location);
  }

  /** Returns a redirect with the headers of its response. */
  static RecordedAnswer redirect(int status, String location, HttpServletResponse response) {
    RecordedAnswer answer = redirect(status, location);
    answer.copyHeaders(response, LOCATION);
    return answer;
  }

  /**
   * Returns an error that the application has sent by {@code sendError}.
   *
   * @param message null when the application has passed none
   */
  static RecordedAnswer error(int status, @Nullable String message, HttpServletResponse response) {
    RecordedAnswer answer = new RecordedAnswer(Kind.ERROR, status, message);
    answer.copyHeaders(response, "Content-Length");
    return answer;
  }

  /** Returns a response without body, for an exception that has left the application. */
  public static RecordedAnswer ofException() {
    return new RecordedAnswer(Kind.ERROR, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, null);
  }

  /** Returns its approximate size in bytes. */
  int size() {
    int size = 512 + body.length + (text == null ? 0 : 2 * text.length());
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      size += 64 + 2 * (header.getKey().length() + header.getValue().toString().length());
    }
    return size;
  }

  /**
   * Sends the same response again, and marks it as repeated. Headers that filters in front have set
   * on this response are kept.
   */
  public void sendTo(HttpServletResponse response) throws IOException {
    headers.forEach(
        (name, values) -> {
          if (name.equals("Content-Type") || !response.containsHeader(name)) {
            response.setHeader(name, values.get(0));
            values.subList(1, values.size()).forEach(value -> response.addHeader(name, value));
          }
        });
    response.setHeader(REPLAYED, "true");
    switch (kind) {
      case ERROR:
        sendError(response);
        break;
      case REDIRECT:
        sendRedirect(response);
        break;
      default:
        response.setStatus(status);
        if (body.length > 0) {
          response.getOutputStream().write(body);
        }
    }
  }

  private void sendError(HttpServletResponse response) throws IOException {
    if (text == null) {
      response.sendError(status);
    } else {
      response.sendError(status, text);
    }
  }

  private void sendRedirect(HttpServletResponse response) throws IOException {
    if (status == HttpServletResponse.SC_FOUND && text != null) {
      // As set by the application: the container resolves it to an absolute URL.
      response.sendRedirect(text);
    } else {
      response.setStatus(status);
      response.setHeader(LOCATION, text);
    }
  }

  private enum Kind {
    BODY,
    REDIRECT,
    ERROR
  }
}
