package io.github.conflictguard.servlet.response;

import org.jspecify.annotations.Nullable;

/** The {@code Content-Length} that an application has declared by any setter. */
public final class DeclaredLength {

  private static final long NONE = -1;

  private long length = NONE;

  /** Sets the length, in bytes; a negative value means none. */
  public void set(long length) {
    this.length = length;
  }

  /** Called with every header, because some containers do not let it be read back. */
  public void noteHeader(String name, @Nullable String value) {
    if (name.equalsIgnoreCase("Content-Length")) {
      try {
        length = value == null ? NONE : Long.parseLong(value.trim());
      } catch (NumberFormatException e) {
        // An invalid value is left to the container to reject.
        length = NONE;
      }
    }
  }

  /** Returns the length, or a negative value if none was declared. */
  public long length() {
    return length;
  }

  /** Discards the declared length. */
  public void forget() {
    length = NONE;
  }

  /** Returns whether the declared length exceeds a limit, in bytes; false if none was declared. */
  public boolean isBeyond(long limit) {
    return length > limit;
  }

  /** Returns whether more bytes were written than declared; false if no length was declared. */
  public boolean isExceededBy(long written) {
    return length >= 0 && written > length;
  }
}
