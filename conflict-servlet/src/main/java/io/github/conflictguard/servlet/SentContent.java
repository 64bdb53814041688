package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.exchange.RereadRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What tells two fillings of one form apart. */
final class SentContent {

  private SentContent() {}

  /**
   * Text that is equal for equal content. Of a body that only the container may read it is the
   * length: browsers choose another boundary each time, and of the same length.
   */
  static String of(HttpServletRequest request) {
    String address = request.getMethod() + ' ' + request.getRequestURI() + '?';
    String query = request.getQueryString();
    if (!(request instanceof RereadRequest) || !((RereadRequest) request).isComplete()) {
      return address + query + ' ' + request.getContentLengthLong();
    }
    MessageDigest digest = sha256();
    digest.update((address + query + ' ').getBytes(StandardCharsets.UTF_8));
    ((RereadRequest) request).digest(digest);
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
