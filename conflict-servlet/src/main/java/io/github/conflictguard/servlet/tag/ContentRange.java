package io.github.conflictguard.servlet.tag;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The range of a partial response within its representation (RFC 9110, 14.4). Immutable. */
final class ContentRange {

  private static final Pattern BYTES =
      Pattern.compile("bytes (\\d{1,9})-(\\d{1,9})/(\\d{1,9})", Pattern.CASE_INSENSITIVE);

  /** The length of the complete representation. */
  final int total;

  private final int first;
  private final int last;

  private ContentRange(int first, int last, int total) {
    this.first = first;
    this.last = last;
    this.total = total;
  }

  /** Parses a {@code Content-Range}; returns null if it has another unit or no complete length. */
  static @Nullable ContentRange parse(@Nullable String value) {
    Matcher matcher = value == null ? null : BYTES.matcher(value.trim());
    if (matcher == null || !matcher.matches()) {
      return null;
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = Integer.parseInt(matcher.group(2));
    int total = Integer.parseInt(matcher.group(3));
    return first <= last && last < total ? new ContentRange(first, last, total) : null;
  }

  /** Returns whether the complete representation contains the part at this range. */
  boolean isPlaceOf(byte[] part, byte[] whole) {
    if (whole.length != total || part.length != last - first + 1) {
      return false;
    }
    for (int i = 0; i < part.length; i++) {
      if (part[i] != whole[first + i]) {
        return false;
      }
    }
    return true;
  }
}
