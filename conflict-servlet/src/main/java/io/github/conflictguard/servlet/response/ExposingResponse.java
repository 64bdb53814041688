package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response whose list of headers that scripts of other origins may read ({@code
 * Access-Control-Expose-Headers}, Fetch standard) contains those of the filter. Without such a list
 * it has none either: which origins may read what is decided by the application. Not thread-safe.
 */
public final class ExposingResponse extends DelegatingResponse {

  /** The name of the header. */
  public static final String EXPOSE_HEADERS = "Access-Control-Expose-Headers";

  private static final List<String> OF_THE_FILTER =
      Arrays.asList("ETag", "Retry-After", "Link", "Idempotent-Replayed", "x-should-retry");

  public ExposingResponse(HttpServletResponse response) {
    super(response);
    if (response.containsHeader(EXPOSE_HEADERS)) {
      // Set by a filter in front of this one.
      setHeader(EXPOSE_HEADERS, String.join(", ", response.getHeaders(EXPOSE_HEADERS)));
    }
  }

  /** Returns whether scripts of other origins may read a header of the response. */
  public static boolean isExposed(String name, HttpServletResponse response) {
    // With credentials, * is the name of a header.
    boolean all = !"true".equals(response.getHeader("Access-Control-Allow-Credentials"));
    for (String listed : listed(response.getHeaders(EXPOSE_HEADERS))) {
      if (listed.equalsIgnoreCase(name) || (all && listed.equals("*"))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> listed(Collection<String> lines) {
    List<String> names = new ArrayList<>();
    for (String line : lines) {
      for (String name : line.split(",", -1)) {
        if (!name.trim().isEmpty()) {
          names.add(name.trim());
        }
      }
    }
    return names;
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (value == null || !name.equalsIgnoreCase(EXPOSE_HEADERS)) {
      super.setHeader(name, value);
      return;
    }
    StringBuilder all = new StringBuilder(value);
    List<String> names = listed(Arrays.asList(value));
    for (String ours : OF_THE_FILTER) {
      if (names.stream().noneMatch(ours::equalsIgnoreCase)) {
        all.append(names.isEmpty() && all.toString().trim().isEmpty() ? "" : ", ").append(ours);
      }
    }
    super.setHeader(name, all.toString());
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (value != null && name.equalsIgnoreCase(EXPOSE_HEADERS) && containsHeader(name)) {
      List<String> lines = new ArrayList<>(getHeaders(name));
      lines.add(value);
      setHeader(name, String.join(", ", lines));
    } else if (value != null && name.equalsIgnoreCase(EXPOSE_HEADERS)) {
      setHeader(name, value);
    } else {
      super.addHeader(name, value);
    }
  }
}
