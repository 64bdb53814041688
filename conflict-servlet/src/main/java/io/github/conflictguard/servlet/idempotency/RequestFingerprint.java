package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.servlet.formdata.BodyDigest;
import io.github.conflictguard.servlet.formdata.BodyDigest.Sameness;
import io.github.conflictguard.servlet.formdata.DigestedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What two requests with one idempotency key must have in common: method, path, query in any order,
 * content type and body. Immutable.
 */
public final class RequestFingerprint {

  private final String head;
  private final @Nullable BodyDigest body;

  private RequestFingerprint(String head, @Nullable BodyDigest body) {
    this.head = head;
    this.body = body;
  }

  /**
   * Returns the fingerprint of a request, with the part of its body that was read.
   *
   * @param request a result of {@link DigestedRequest#of}
   * @param path without the identifier of a session
   */
  public static RequestFingerprint of(HttpServletRequest request, String path) throws IOException {
    MessageDigest digest = Sha256.begin();
    add(digest, request.getMethod());
    add(digest, path);
    add(digest, sorted(request.getQueryString()));
    add(digest, typeOf(request.getContentType()));
    add(digest, request.getHeader("Content-Encoding"));
    String head = Base64.getEncoder().withoutPadding().encodeToString(digest.digest());
    return new RequestFingerprint(head, BodyDigest.of(request));
  }

  /** Returns the same fingerprint, with the part of its body that the application has read. */
  RequestFingerprint afterwards(HttpServletRequest request) throws IOException {
    return new RequestFingerprint(head, BodyDigest.of(request));
  }

  /** Returns text that is equal for equal requests; null if the body is not known completely. */
  public @Nullable String text() {
    String known = body == null ? null : body.text();
    return known == null ? null : head + known;
  }

  /** Returns whether another request differs in what is known of both before they run. */
  boolean isContradictedBy(RequestFingerprint other) {
    String own = text();
    String others = other.text();
    return !head.equals(other.head) || (own != null && others != null && !own.equals(others));
  }

  /**
   * Compares a repetition with this request, and reads what is needed of its body.
   *
   * @param sent the fingerprint of the repetition before it was read
   */
  public Sameness compare(RequestFingerprint sent, HttpServletRequest request) throws IOException {
    return !head.equals(sent.head)
        ? Sameness.OTHER
        : body == null ? Sameness.UNKNOWN : body.compare(request);
  }

  /** Returns the query with its parameters in the order of their names. */
  private static @Nullable String sorted(@Nullable String query) {
    if (query == null || query.indexOf('&') < 0) {
      return query;
    }
    String[] parameters = query.split("&", -1);
    Arrays.sort(parameters, Comparator.comparing(parameter -> parameter.split("=", 2)[0]));
    return String.join("&", parameters);
  }

  /** Returns a content type in one spelling, and without the boundary of a multipart body. */
  private static @Nullable String typeOf(@Nullable String contentType) {
    if (contentType == null) {
      return null;
    }
    String type = contentType.replaceAll("[ \t]*+;[ \t]*+", ";").trim();
    return type.regionMatches(true, 0, "multipart/", 0, "multipart/".length())
        ? type.split(";", 2)[0].toLowerCase(Locale.ROOT)
        : type.toLowerCase(Locale.ROOT);
  }

  /** Adds a value with its length as prefix, so that adjacent values are unambiguous. */
  private static void add(MessageDigest digest, @Nullable String value) {
    String text = value == null ? "-" : value.length() + ":" + value;
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
