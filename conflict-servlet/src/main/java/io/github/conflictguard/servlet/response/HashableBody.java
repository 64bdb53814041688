package io.github.conflictguard.servlet.response;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The body of a response that is complete and available as a whole. */
public interface HashableBody {

  /** Feeds the body to a digest: its bytes, or its characters as UTF-8. */
  void digest(MessageDigest digest);

  /**
   * Returns whether these are all bytes that the client receives. Returns false if more were
   * declared, or if the container or a reverse proxy sends another body.
   */
  boolean isComplete();

  /** Returns the length of the body in bytes; characters count with their length in UTF-8. */
  long written();

  /** Returns whether the body equals the expected one, from the first byte to the last. */
  boolean isAsExpected();

  /**
   * Returns a copy that later bodies can be compared with, or null if the body is empty or was
   * written partly as bytes and partly as characters.
   */
  @Nullable KnownBody copy();
}
