package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What tells two fillings of one form apart. */
public final class SubmissionFingerprint {

  private SubmissionFingerprint() {}

  /**
   * Returns text that is equal for equal content: a digest of every byte that was sent, or of every
   * field where a filter in front has made the container read the form.
   *
   * @return null when not all of it is known, because the container takes the body apart
   *     (multipart) or because it is too long: such a form is never taken for another one
   */
  public static @Nullable String of(HttpServletRequest request) {
    MessageDigest digest = Sha256.begin();
    add(digest, request.getMethod());
    add(digest, request.getRequestURI());
    add(digest, request.getQueryString());
    add(digest, request.getContentType());
    add(digest, request.getHeader("Content-Encoding"));
    add(digest, request.getHeader("Content-Length"));
    if (request instanceof BufferedRequest && ((BufferedRequest) request).isFormKnown()) {
      ((BufferedRequest) request).digest(digest);
    } else if (!isWithoutBody(request)) {
      return null;
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /** RFC 9112, 6.3: without both headers a request has no body; a GET has none of any meaning. */
  private static boolean isWithoutBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    boolean announced = length > 0 || request.getHeader("Transfer-Encoding") != null;
    return !announced
        && (length == 0
            || request.getProtocol().startsWith("HTTP/1.")
            || request.getMethod().equals("GET"));
  }

  /** With its length in front, so that nothing of one part can pass for the next one. */
  private static void add(MessageDigest digest, @Nullable String value) {
    String text = value == null ? "-" : value.length() + ":" + value;
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
