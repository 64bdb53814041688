package io.github.conflictguard.servlet.exchange;

import org.jspecify.annotations.Nullable;

/** The {@code Content-Length} that an application declared, by whichever setter. */
final class DeclaredLength {

  private static final long NONE = -1;

  private long length = NONE;

  void set(long length) {
    this.length = length;
  }

  /** Told of every header; not all containers let it be read back. */
  void noteHeader(String name, @Nullable String value) {
    if (name.equalsIgnoreCase("Content-Length")) {
      try {
        length = value == null ? NONE : Long.parseLong(value.trim());
      } catch (NumberFormatException e) {
        // The container's to refuse.
        length = NONE;
      }
    }
  }

  /** The length; negative when none was declared. */
  long length() {
    return length;
  }

  void forget() {
    length = NONE;
  }

  boolean isBeyond(long limit) {
    return length > limit;
  }

  boolean isExceededBy(long written) {
    return length >= 0 && written > length;
  }
}
