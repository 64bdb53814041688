package io.github.conflictguard.servlet.history;

import io.github.conflictguard.resource.KeyedHash;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A short name in place of a long one, for memories in which clients must not choose how much is
 * remembered. Two names are equal if what they stand for is, and in practice only then. Immutable.
 */
public final class ShortName {

  /** With a key that clients do not have, so that they cannot make names collide. */
  private static final KeyedHash HASH = new KeyedHash();

  private final long first;
  private final long second;

  private ShortName(long first, long second) {
    this.first = first;
    this.second = second;
  }

  /** Returns the name of a text, or of several in their order. */
  public static ShortName of(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      // With its length in front, so that nothing of one part can pass for the next one.
      text.append(part.length()).append(':').append(part);
    }
    ByteBuffer hash = ByteBuffer.wrap(HASH.of(text.toString()));
    return new ShortName(hash.getLong(), hash.getLong());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ShortName
        && ((ShortName) object).first == first
        && ((ShortName) object).second == second;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public String toString() {
    return Long.toHexString(first) + Long.toHexString(second);
  }
}
