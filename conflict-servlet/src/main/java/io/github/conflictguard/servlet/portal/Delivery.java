package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Sends documents to one client. Not safe for use by several threads. */
final class Delivery {

  /** Pages have no script, no form and nothing inline. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  Delivery(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
  }

  /**
   * Sends a document, or 304 if the client has it (RFC 9110, 13.1.2).
   *
   * @param isPublic whether caches may keep it and give it to others
   */
  void send(Document document, boolean isPublic) throws IOException {
    response.setHeader("Cache-Control", isPublic ? "public, max-age=3600" : "private, no-cache");
    response.setHeader("ETag", document.tag().toString());
    if (document.language() != null) {
      response.setHeader("Content-Language", document.language());
      response.addHeader("Vary", "Accept-Language");
      response.setHeader("Content-Security-Policy", POLICY);
      response.setHeader("X-Frame-Options", "DENY");
    }
    if (!isPublic) {
      response.addHeader("Vary", "Authorization, Cookie");
    }
    if (isCurrent(document)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      // Jetty would add "Content-Length: 0", which is not that of the 200 (RFC 9110, 8.6).
      response.flushBuffer();
    } else {
      body(document.type(), document.body());
    }
  }

  /** Sends a style sheet whose name changes with its content. */
  void sendUnchanging(String type, String text) throws IOException {
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    body(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a status with a line of text. */
  void refuse(int status, String line, String... headers) throws IOException {
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    for (int i = 0; i + 1 < headers.length; i += 2) {
      response.setHeader(headers[i], headers[i + 1]);
    }
    body("text/plain;charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Redirects by GET. The address is relative (RFC 9110, 10.2.2), so that neither {@code Host} nor
   * a proxy in front matters.
   */
  void seeOther(String address) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Location", address);
    response.setContentLength(0);
  }

  private boolean isCurrent(Document document) {
    List<String> lines = Collections.list(request.getHeaders("If-None-Match"));
    if (lines.isEmpty()) {
      return false;
    }
    try {
      EntityTagSet known = EntityTagSet.parse(lines);
      return known.isAny() || known.containsWeakly(document.tag());
    } catch (EntityTagSyntaxException e) {
      return false;
    }
  }

  private void body(String type, byte[] body) throws IOException {
    response.setContentType(type);
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
