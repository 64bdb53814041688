package io.github.conflictguard.servlet.answer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * The rest of a request body that nobody will read, because the request is refused.
 *
 * <p>Jetty closes the connection of a request whose body has not arrived completely when the answer
 * is, and says so to nobody: the client may lose the answer, or its next request. Tomcat and
 * Undertow read on by themselves.
 */
final class UnreadBody {

  /** What is read is small and announced. */
  private static final int LIMIT = 64 * 1024;

  /** A client that sends byte by byte does not keep a thread busy for longer. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private UnreadBody() {}

  /**
   * Sends the answer and reads the rest of a small body; a large one, or one of unknown length, is
   * left to itself. The answer goes first: a body that breaks off spoils it on Tomcat.
   */
  static void skip(HttpServletRequest request, HttpServletResponse response) throws IOException {
    long length = request.getContentLengthLong();
    // A client that waits for "100 Continue" has not sent its body, and must not be asked for it.
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
        // Dropped.
      }
    } catch (IOException | RuntimeException e) {
      // Broken off, or read by the application in another way. The answer is out already.
    }
  }
}
