package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.problem.ProblemDetail;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of the header {@code Link} in responses that report a problem (RFC 8288). */
public final class ProblemLinks {

  /** The characters of a URI that need no escaping between angle brackets (RFC 3986, 2). */
  private static final String PLAIN = "-._~:/?#[]@!$&'()*+,;=%";

  private ProblemLinks() {}

  /**
   * Returns the link to the page about the type of a problem ({@code describedby}); null when its
   * URI is not the address of a page.
   */
  static @Nullable String describing(ProblemDetail problem) {
    String uri = problem.typeUri();
    String lower = uri.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://")
        ? link(uri, "describedby")
        : null;
  }

  /**
   * Returns the link to the current representation of a resource ({@code latest-version}, RFC
   * 5829).
   *
   * @param address path and query
   */
  public static String latestVersion(String address) {
    return link(address, "latest-version");
  }

  private static String link(String uri, String relation) {
    StringBuilder link = new StringBuilder("<");
    for (byte b : uri.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || PLAIN.indexOf(c) >= 0) {
        link.append(c);
      } else {
        link.append(String.format("%%%02X", (int) c));
      }
    }
    return link.append(">; rel=\"").append(relation).append('"').toString();
  }
}
