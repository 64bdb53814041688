package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Length} that is held back until it is decided whether the body is rewritten. Not
 * thread-safe.
 */
final class HeldLength {

  private long length = -1;
  private boolean isInt;

  /** Returns the length in a header; null if it is another header or not a valid length. */
  static @Nullable Long in(String name, @Nullable String value) {
    if (value == null || !name.equalsIgnoreCase("Content-Length")) {
      return null;
    }
    try {
      return Long.valueOf(value.trim());
    } catch (NumberFormatException e) {
      // Left to the container to reject.
      return null;
    }
  }

  void set(int declared) {
    length = declared;
    isInt = true;
  }

  void setLong(long declared) {
    length = declared;
    isInt = false;
  }

  void forget() {
    length = -1;
  }

  /**
   * Sets the length, if there is one, by the same method as the application: an earlier filter may
   * override only one.
   */
  void sendTo(HttpServletResponse response) {
    if (length >= 0 && isInt) {
      response.setContentLength((int) length);
    } else if (length >= 0) {
      response.setContentLengthLong(length);
    }
  }
}
