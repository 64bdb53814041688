package io.github.conflictguard.servlet.request;

import io.github.conflictguard.precondition.ConditionalHeaders;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The request headers that the filter hides from the application. */
public final class HiddenHeaders {

  private static final Set<String> ONLY_OF_A_WRITE =
      new HashSet<>(
          Arrays.asList(
              "range",
              "expect",
              "transfer-encoding",
              "x-http-method",
              "x-http-method-override",
              "x-method-override"));

  private HiddenHeaders() {}

  /** Returns whether a header is a precondition that the filter evaluates against its own tag. */
  static boolean judged(String name) {
    return name.equalsIgnoreCase(ConditionalHeaders.IF_MATCH)
        || name.equalsIgnoreCase(ConditionalHeaders.IF_NONE_MATCH);
  }

  /** Returns whether a header requests a part of a representation. */
  static boolean ofAPart(String name) {
    return name.equalsIgnoreCase("Range") || name.equalsIgnoreCase("If-Range");
  }

  /** Returns whether a header belongs to a write and does not apply to a plain GET. */
  public static boolean ofAWrite(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("if-")
        || lower.startsWith("content-")
        || ONLY_OF_A_WRITE.contains(lower);
  }
}
