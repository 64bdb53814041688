package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;

/**
 * Reads the body of a write before its lock is acquired, because the client may send it slowly. A
 * body that a container would parse itself is not read where the results may differ: containers
 * differ in forms that are not sent by POST, and limit their size.
 */
public final class EarlyBody {

  /** Bodies with a declared length up to this number of bytes are read completely. */
  private static final int LIMIT = 256 * 1024;

  private EarlyBody() {}

  /**
   * Reads a body, or its beginning.
   *
   * @return a buffered request in place of the original, whose body has been consumed; the original
   *     where nothing was read
   */
  public static HttpServletRequest read(HttpServletRequest request) throws IOException {
    String declared = request.getContentType();
    String type = declared == null ? "" : declared.toLowerCase(Locale.ROOT);
    boolean form = type.startsWith("application/x-www-form-urlencoded");
    if (form && !request.getMethod().equals("POST")) {
      return request;
    }
    BufferedRequest small = BufferedRequest.small(request, LIMIT);
    if (small != null) {
      return small;
    }
    boolean unknownLength = request.getContentLengthLong() < 0;
    return unknownLength
            && !form
            && !type.startsWith("multipart/")
            && request.getHeader("Expect") == null
        ? BufferedRequest.beginning(request, LIMIT)
        : request;
  }
}
