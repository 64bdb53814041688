package io.github.conflictguard.servlet.console;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.servlet.console.html.Asset;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Sends the responses of the monitor, with the headers that all of them have. */
final class Reply {

  static final String HTML = "text/html;charset=utf-8";
  static final String TEXT = "text/plain;charset=utf-8";
  static final String JSON = "application/json";

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  Reply(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    // With no-referrer, browsers send "Origin: null" with the monitor's own forms.
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
  }

  Reply status(int status) {
    response.setStatus(status);
    return this;
  }

  Reply header(String name, String value) {
    response.setHeader(name, value);
    return this;
  }

  /** Sends a body. */
  void send(String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(bytes);
    }
  }

  /** Sends a body, or 304 if the client has it already. */
  void send(String type, String body, String etag) throws IOException {
    response.setHeader("ETag", etag);
    if (isKnown(request.getHeader("If-None-Match"), etag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    } else {
      send(type, body);
    }
  }

  /** Sends an asset, whose name changes with its content. */
  void send(Asset asset) throws IOException {
    response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    send(asset.type(), asset.text());
  }

  /**
   * Redirects to a page of the monitor by GET. The address is relative (RFC 9110, 10.2.2), so that
   * neither {@code Host} nor a proxy in front matters.
   */
  void seeOther(String page) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", page);
    response.setContentLength(0);
  }

  static String etag(String text) {
    byte[] hash = Sha256.of(text);
    return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
  }

  /** Weak comparison (RFC 9110, 8.8.3.2): servers that compress weaken or extend the tag. */
  private static boolean isKnown(@Nullable String header, String etag) {
    return header != null && header.contains(etag.substring(1, etag.length() - 1));
  }
}
