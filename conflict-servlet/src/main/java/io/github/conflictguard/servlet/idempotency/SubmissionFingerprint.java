package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Distinguishes two submissions of one form by their content. */
public final class SubmissionFingerprint {

  private SubmissionFingerprint() {}

  /**
   * Returns text that is equal for equal content: a digest of every byte of the body, or of every
   * field where a filter in front has made the container parse the form.
   *
   * @return null when the content is not completely known, because the container parses the body
   *     (multipart) or because it is too long: such a form is never treated as a repetition
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

  /**
   * Returns whether a request has no body: one without both headers (RFC 9112, 6.3), or a GET,
   * whose body has no meaning.
   */
  private static boolean isWithoutBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    boolean announced = length > 0 || request.getHeader("Transfer-Encoding") != null;
    return !announced
        && (length == 0
            || request.getProtocol().startsWith("HTTP/1.")
            || request.getMethod().equals("GET"));
  }

  /** Adds a value with its length as prefix, so that adjacent values are unambiguous. */
  private static void add(MessageDigest digest, @Nullable String value) {
    String text = value == null ? "-" : value.length() + ":" + value;
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
