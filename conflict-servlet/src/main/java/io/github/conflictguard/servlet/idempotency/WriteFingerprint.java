package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Identifies writes that are sent twice by the same client. */
final class WriteFingerprint {

  /** The methods whose repetition has no further effect (RFC 9110, 9.2.2). */
  private static final Set<String> IDEMPOTENT = new HashSet<>(Arrays.asList("PUT", "DELETE"));

  private WriteFingerprint() {}

  /**
   * Returns whether the client can be distinguished from others, by its session or by an
   * idempotency key of its request. Two programs behind one address or one account may send the
   * same bytes on purpose, for example to increment a counter (RFC 9110, 13.1.1, warns of that), so
   * that a user or an {@code Authorization} suffices only where the second one would have no
   * further effect.
   *
   * @param keyHeader the header that contains idempotency keys
   */
  static boolean isOfKnownClient(HttpServletRequest request, String keyHeader) {
    return request.getHeader(keyHeader) != null
        || request.isRequestedSessionIdValid()
        || (IDEMPOTENT.contains(request.getMethod())
            && (request.getHeader("Authorization") != null
                || ClientIdentity.principalOf(request) != null));
  }

  /** Returns the fingerprint of a write of this client. */
  static String of(BufferedRequest request, ClientIdentity client, String keyHeader) {
    MessageDigest digest = Sha256.begin();
    add(digest, client.key());
    add(digest, request.getHeader(keyHeader));
    add(digest, request.getMethod());
    add(digest, request.getRequestURI());
    add(digest, request.getQueryString());
    add(digest, request.getContentType());
    add(digest, lines(request, ConditionalHeaders.IF_MATCH));
    add(digest, lines(request, ConditionalHeaders.IF_NONE_MATCH));
    add(digest, lines(request, ConditionalHeaders.IF_UNMODIFIED_SINCE));
    request.digest(digest);
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static String lines(HttpServletRequest request, String header) {
    return Collections.list(request.getHeaders(header)).toString();
  }

  /** Adds a value with its length as prefix, so that adjacent values are unambiguous. */
  private static void add(MessageDigest digest, @Nullable String value) {
    String text = value == null ? "-" : value.length() + ":" + value;
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
