package io.github.conflictguard.servlet.formdata;

import io.github.conflictguard.etag.Sha256;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The content of a body, by its SHA-256: the bytes that the application has read, or the parts or
 * fields that the container has parsed. Immutable.
 */
public final class BodyDigest {

  private static final long MOST_SKIPPED = 16L << 20;

  private final Kind kind;
  private final byte[] digest;
  private final long length;
  private final boolean complete;

  private BodyDigest(Kind kind, byte[] digest, long length, boolean complete) {
    this.kind = kind;
    this.digest = digest;
    this.length = length;
    this.complete = complete;
  }

  /** Returns a digest of bytes. */
  static BodyDigest ofBytes(BodyHash hash, boolean complete) {
    return new BodyDigest(Kind.BYTES, hash.value(), hash.length(), complete);
  }

  /**
   * Returns the digest of the part of a body that was read.
   *
   * @param request a result of {@link DigestedRequest#of}
   * @return null when the container has parsed it in a way that cannot be followed
   */
  public static @Nullable BodyDigest of(HttpServletRequest request) throws IOException {
    if (request instanceof DigestedRequest) {
      return ((DigestedRequest) request).digest();
    }
    if (request instanceof PartsRequest) {
      return ofParts(request);
    }
    if (!(request instanceof BufferedRequest) || !((BufferedRequest) request).isFormKnown()) {
      return null;
    }
    BufferedRequest read = (BufferedRequest) request;
    if (read.isComplete()) {
      BodyHash hash = BodyHash.of(read.getContentType(), Long.MAX_VALUE);
      hash.add(read.body(), 0, read.length());
      return ofBytes(hash, true);
    }
    MessageDigest fields = Sha256.begin();
    read.digest(fields);
    return new BodyDigest(Kind.FIELDS, fields.digest(), 0, true);
  }

  /** Returns text that is equal for equal bodies; null if the body is not known completely. */
  public @Nullable String text() {
    return complete ? kind + Base64.getEncoder().encodeToString(digest) : null;
  }

  /**
   * Compares the body of a repetition with this one, and reads what is needed for that. The
   * application must not need it any more.
   *
   * @param request a result of {@link DigestedRequest#of}
   */
  public Sameness compare(HttpServletRequest request) throws IOException {
    if (kind != Kind.BYTES) {
      BodyDigest other = of(request);
      return other == null || other.kind != kind
          ? Sameness.UNKNOWN
          : Arrays.equals(digest, other.digest) ? Sameness.SAME : Sameness.OTHER;
    }
    if (request instanceof PartsRequest
        || (request instanceof BufferedRequest && ((BufferedRequest) request).unseen() != null)) {
      return Sameness.UNKNOWN;
    }
    BodyHash hash = BodyHash.of(request.getContentType(), length);
    if (isBuffered(request)) {
      // Not by its stream, because parameters cannot be read after it (Servlet, 3.1.1).
      BufferedRequest read = (BufferedRequest) request;
      hash.add(read.body(), 0, read.length());
    } else {
      add(request.getInputStream(), hash);
    }
    boolean same =
        hash.length() == length
            && !(complete && hash.isExceeded())
            && Arrays.equals(digest, hash.value());
    return same ? Sameness.SAME : Sameness.OTHER;
  }

  private static boolean isBuffered(HttpServletRequest request) {
    return request instanceof BufferedRequest && ((BufferedRequest) request).isComplete();
  }

  private void add(InputStream in, BodyHash hash) throws IOException {
    byte[] chunk = new byte[8192];
    int count = 0;
    while (!hash.isExceeded() && (complete || !hash.isFull()) && (count = in.read(chunk)) >= 0) {
      hash.add(chunk, 0, count);
    }
  }

  /**
   * Reads a body that is not compared, so that a client that is still sending it receives the
   * response; not one that the client has not begun to send, and not more than a limit.
   */
  public static void skip(HttpServletRequest request) throws IOException {
    if (isBuffered(request)
        || request.getHeader("Expect") != null
        || request.getContentLengthLong() > MOST_SKIPPED) {
      return;
    }
    byte[] chunk = new byte[8192];
    try {
      InputStream in = request.getInputStream();
      long skipped = 0;
      for (int count = 0; count >= 0 && skipped <= MOST_SKIPPED; count = in.read(chunk)) {
        skipped += count;
      }
    } catch (IllegalStateException e) {
      // The body was read in another way.
    }
  }

  private static @Nullable BodyDigest ofParts(HttpServletRequest request) throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] chunk = new byte[8192];
    try {
      for (Part part : request.getParts()) {
        add(digest, part.getName());
        add(digest, part.getSubmittedFileName());
        add(digest, part.getContentType());
        add(digest, Long.toString(part.getSize()));
        try (InputStream in = part.getInputStream()) {
          for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            digest.update(chunk, 0, count);
          }
        }
      }
    } catch (ServletException | IllegalStateException e) {
      // The container refuses the form, and so will it when the application requests it.
      return null;
    }
    return new BodyDigest(Kind.PARTS, digest.digest(), 0, true);
  }

  /** Adds a value with its length as prefix, so that adjacent values are unambiguous. */
  private static void add(MessageDigest digest, @Nullable String value) {
    String text = value == null ? "-" : value.length() + ":" + value;
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The result of a comparison. */
  public enum Sameness {
    /** Both bodies have the same content. */
    SAME,
    /** The contents differ. */
    OTHER,
    /** One of the bodies is not known. */
    UNKNOWN
  }

  private enum Kind {
    BYTES,
    PARTS,
    FIELDS
  }
}
