package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that the application has compressed, in decoded form for its tag: a response gets the same
 * tag of its content whether it was compressed for this client or not. Not thread-safe.
 */
public final class DecodedBody implements HashableBody {

  private final HashableBody encoded;
  private final String encoding;
  private final int limit;

  private DecodedBody(HashableBody encoded, String encoding, int limit) {
    this.encoded = encoded;
    this.encoding = encoding;
    this.limit = limit;
  }

  /**
   * Returns the body of a response, decoded if its headers declare a supported encoding.
   *
   * @param limit the maximum length of the decoded body, in bytes; a longer one stays encoded
   */
  public static HashableBody of(HttpServletResponse answer, HashableBody body, int limit) {
    String encoding = answer.getHeader("Content-Encoding");
    return encoding != null && isKnown(encoding) ? new DecodedBody(body, encoding, limit) : body;
  }

  /** Returns whether a content coding can be decoded here. */
  public static boolean isKnown(String encoding) {
    return isGzip(encoding) || encoding.equalsIgnoreCase("deflate");
  }

  private static boolean isGzip(String encoding) {
    // RFC 9110, 8.4.1.3.
    return encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
  }

  @Override
  public void digest(MessageDigest digest) {
    KnownBody copy = encoded.copy();
    byte[] decoded = copy == null || copy.bytes == null ? null : decoded(copy.bytes);
    if (decoded == null) {
      encoded.digest(digest);
    } else {
      digest.update(decoded);
    }
  }

  /** Returns the decoded bytes, or null if they are not encoded as declared, or too long. */
  private byte @Nullable [] decoded(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * bytes.length);
    byte[] part = new byte[8192];
    try (InputStream in = decoding(new ByteArrayInputStream(bytes))) {
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        out.write(part, 0, length);
        if (out.size() > limit) {
          return null;
        }
      }
      return out.toByteArray();
    } catch (IOException e) {
      return null;
    }
  }

  private InputStream decoding(InputStream bytes) throws IOException {
    return isGzip(encoding) ? new GZIPInputStream(bytes) : new InflaterInputStream(bytes);
  }

  @Override
  public long written() {
    return encoded.written();
  }

  @Override
  public boolean isComplete() {
    return encoded.isComplete();
  }

  @Override
  public boolean isAsExpected() {
    return encoded.isAsExpected();
  }

  @Override
  public @Nullable KnownBody copy() {
    return encoded.copy();
  }
}
