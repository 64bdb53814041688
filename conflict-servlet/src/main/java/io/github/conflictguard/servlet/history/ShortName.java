package io.github.conflictguard.servlet.history;

import io.github.conflictguard.resource.SipHash;
import org.jspecify.annotations.Nullable;

/**
 * A fixed-size name in place of a long one, for memories in which clients must not determine the
 * size of an entry. Two names are equal if the texts are, and in practice only then. Immutable.
 */
public final class ShortName {

  /** Keyed with a secret, so that clients cannot cause collisions. */
  private static final SipHash FIRST = new SipHash();

  private static final SipHash SECOND = new SipHash();

  private final long first;
  private final long second;

  private ShortName(long first, long second) {
    this.first = first;
    this.second = second;
  }

  /** Returns the name of one text, or of several in their order. */
  public static ShortName of(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      // Prefixed with its length, so that adjacent parts are unambiguous.
      text.append(part.length()).append(':').append(part);
    }
    String all = text.toString();
    return new ShortName(FIRST.of(all), SECOND.of(all));
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
