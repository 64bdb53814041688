package io.github.conflictguard.servlet;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A short name in place of a long one, for memories in which clients must not choose how much is
 * remembered. Two names are equal if what they stand for is, and in practice only then. Immutable.
 */
final class ShortName {

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  /** Not known to clients, which cannot make names collide. */
  private static final long FIRST_SEED = new SecureRandom().nextLong();

  private static final long SECOND_SEED = new SecureRandom().nextLong();

  private final long first;
  private final long second;

  private ShortName(long first, long second) {
    this.first = first;
    this.second = second;
  }

  /** Returns the name of a text, or of several in their order. */
  static ShortName of(String... parts) {
    long first = FIRST_SEED;
    long second = SECOND_SEED;
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        first = Long.rotateLeft((first ^ part.charAt(i)) * FACTOR, 31);
        second = Long.rotateLeft(second + part.charAt(i), 17) * FACTOR;
      }
      first = Long.rotateLeft((first ^ part.length() ^ 0x10000) * FACTOR, 31);
      second = Long.rotateLeft(second + part.length() + 0x10000, 17) * FACTOR;
    }
    return new ShortName(first, second);
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
