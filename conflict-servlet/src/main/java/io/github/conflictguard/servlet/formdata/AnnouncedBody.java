package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** The body of a request as its headers describe it, before it is read. */
final class AnnouncedBody {

  private AnnouncedBody() {}

  /** Returns whether the body is a URL-encoded form. */
  static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }

  /** Returns whether the headers announce a body. */
  static boolean isPresent(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Returns whether the body can be read without waiting: its length is within the limit, the
   * client does not wait for a 100 (Continue) response, and the container need not parse it
   * (multipart).
   */
  static boolean isReadable(HttpServletRequest request, int limit) {
    long length = request.getContentLengthLong();
    String type = request.getContentType();
    return length <= limit
        && request.getHeader("Expect") == null
        && (length >= 0 || request.getHeader("Transfer-Encoding") == null)
        && (length >= 0 || request.getProtocol().startsWith("HTTP/1."))
        && (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/"));
  }
}
