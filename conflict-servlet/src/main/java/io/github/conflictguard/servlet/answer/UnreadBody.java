package io.github.conflictguard.servlet.answer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * The remaining body of a request that is refused and therefore not read.
 *
 * <p>Jetty closes the connection of a request whose body has not arrived completely at the end of
 * the response, without a notice to the client, which may lose the response, or its next request.
 * Tomcat and Undertow read the remaining body themselves.
 */
final class UnreadBody {

  /** Only a small body with a known length is read. */
  private static final int LIMIT = 64 * 1024;

  /** Limits the time for which a client that sends byte by byte keeps a thread busy. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private UnreadBody() {}

  /**
   * Sends the response and reads the rest of a small body; a large one, or one of unknown length,
   * is not read. The response is sent first: a body that ends prematurely invalidates it on Tomcat.
   */
  static void skip(HttpServletRequest request, HttpServletResponse response) throws IOException {
    long length = request.getContentLengthLong();
    // A client that waits for "100 Continue" has not sent its body, and reading would request it.
    if (length <= 0
        || length > LIMIT
        || request.getHeader("Expect") != null
        || response.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
      return;
    }
    response.flushBuffer();
    try {
      InputStream body = request.getInputStream();
      byte[] chunk = new byte[4096];
      long start = System.nanoTime();
      while (body.read(chunk) >= 0 && System.nanoTime() - start < PATIENCE_NANOS) {
        // Discard the bytes.
      }
    } catch (IOException | RuntimeException e) {
      // The body ended prematurely, or the application has read it in another way. The response has
      // been sent.
    }
  }
}
