package io.github.conflictguard.servlet.formdata;

import io.github.conflictguard.etag.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a body that is computed while its bytes pass. The boundary of a multipart body is
 * left out, because clients choose another one for each request. Not thread-safe.
 */
final class BodyHash {

  private final MessageDigest digest = Sha256.begin();
  private final byte @Nullable [] boundary;
  private final int[] fallback;
  private final long limit;
  private long length;
  private boolean exceeded;

  /** The number of bytes at the end that are the beginning of a boundary. */
  private int matched;

  private BodyHash(byte @Nullable [] boundary, long limit) {
    this.boundary = boundary;
    this.fallback = boundary == null ? new int[0] : fallbackOf(boundary);
    this.limit = limit;
  }

  /**
   * Creates a digest.
   *
   * @param limit how many bytes are digested; the rest is only noted as {@link #isExceeded}
   */
  static BodyHash of(@Nullable String contentType, long limit) {
    String named = contentType == null ? null : MultipartFields.boundaryOf(contentType);
    return new BodyHash(
        named == null || named.isEmpty() ? null : named.getBytes(StandardCharsets.ISO_8859_1),
        limit);
  }

  /** Adds bytes. */
  void add(byte[] bytes, int offset, int count) {
    if (boundary == null) {
      digest(bytes, offset, count);
      return;
    }
    // The first byte that is neither digested nor part of what may be a boundary.
    int run = offset;
    for (int i = offset; i < offset + count; i++) {
      boolean within = matched > 0;
      if (takes(boundary, bytes[i])) {
        if (!within) {
          digest(bytes, run, i - run);
        }
        run = i + 1;
      } else if (within) {
        run = i;
      }
    }
    digest(bytes, run, offset + count - run);
  }

  /**
   * Adds a byte by the algorithm of Knuth, Morris and Pratt: what cannot be a boundary counts.
   *
   * @return whether the byte may belong to a boundary; otherwise the caller digests it
   */
  private boolean takes(byte[] pattern, byte next) {
    while (matched > 0 && pattern[matched] != next) {
      int kept = fallback[matched - 1];
      digest(pattern, 0, matched - kept);
      matched = kept;
    }
    if (pattern[matched] != next) {
      return false;
    }
    matched = matched + 1 == pattern.length ? 0 : matched + 1;
    return true;
  }

  private void digest(byte[] bytes, int offset, int count) {
    int counted = (int) Math.min(count, limit - length);
    digest.update(bytes, offset, counted);
    length += counted;
    exceeded |= counted < count;
  }

  /** Returns the number of digested bytes. */
  long length() {
    return length;
  }

  /** Returns whether there were more bytes than the limit. */
  boolean isExceeded() {
    return exceeded;
  }

  /** Returns whether no further byte can change the digest. */
  boolean isFull() {
    return length >= limit;
  }

  /** Returns the digest of the bytes so far. */
  byte[] value() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 cannot be copied", e);
    }
  }

  private static int[] fallbackOf(byte[] pattern) {
    int[] fallback = new int[pattern.length];
    for (int i = 1, kept = 0; i < pattern.length; i++) {
      while (kept > 0 && pattern[kept] != pattern[i]) {
        kept = fallback[kept - 1];
      }
      if (pattern[kept] == pattern[i]) {
        kept++;
      }
      fallback[i] = kept;
    }
    return fallback;
  }
}
