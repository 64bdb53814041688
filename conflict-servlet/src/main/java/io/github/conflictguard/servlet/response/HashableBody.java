package io.github.conflictguard.servlet.response;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The body of an answer, when nothing follows and all of it is held. */
public interface HashableBody {

  /** Feeds it to a digest: its bytes, or its characters as UTF-8. */
  void digest(MessageDigest digest);

  /**
   * Returns whether these are all bytes that the client gets: not where more were declared, or
   * where the container or a server in front sends something else.
   */
  boolean isComplete();

  /** How long it is, in bytes; characters as UTF-8 has them. */
  long written();

  /** Whether it is, from the first byte to the last one, the one that was expected. */
  boolean isAsExpected();

  /**
   * A copy that later bodies can be compared with; null for one that was written in part as bytes
   * and in part as characters, and for an empty one.
   */
  @Nullable KnownBody copy();
}
