package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Identifies writes that are sent twice by the same client. */
final class WriteFingerprint {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private WriteFingerprint() {}

  /**
   * Returns whether the client can be distinguished from others, by its session or by an
   * idempotency key of its request. Nothing less suffices: two programs behind one address or one
   * account may send the same bytes on purpose, for example to increment a counter (RFC 9110,
   * 13.1.1, warns of that).
   */
  static boolean isOfKnownClient(HttpServletRequest request) {
    return request.getHeader(IDEMPOTENCY_KEY) != null || request.isRequestedSessionIdValid();
  }

  /** Returns the fingerprint of a write of this client. */
  static String of(BufferedRequest request, ClientIdentity client) {
    MessageDigest digest = Sha256.begin();
    add(digest, client.key());
    add(digest, request.getHeader(IDEMPOTENCY_KEY));
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
