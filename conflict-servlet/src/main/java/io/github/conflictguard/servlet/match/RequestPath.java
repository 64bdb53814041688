package io.github.conflictguard.servlet.match;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The path of a request inside its web application. */
public final class RequestPath {

  private RequestPath() {}

  /**
   * The path as the container has decoded and normalised it: without context path, path parameters
   * and query. Never the raw URI, in which one resource has many spellings.
   */
  public static String of(HttpServletRequest request) {
    String pathInfo = request.getPathInfo();
    return pathInfo == null ? request.getServletPath() : request.getServletPath().concat(pathInfo);
  }

  /**
   * The resource that a request is about when no rule says so: its path, a closing slash aside. The
   * query is left out, so that {@code ?notify=1} does not make another resource of the same record;
   * where it does name the record, more wait for each other than have to, and nothing is lost.
   */
  public static ResourceKey keyOf(HttpServletRequest request) {
    String path = of(request);
    return ResourceKey.of(withoutClosingSlash(path));
  }

  /**
   * The path inside this web application of an address that one of its pages shows.
   *
   * @param address a path as it is sent, encoded and with path parameters
   * @return as {@link #keyOf} has it; null when it is outside
   */
  static @Nullable String inside(HttpServletRequest page, String address) {
    String context = page.getContextPath();
    if (!address.startsWith(context + "/") && !address.equals(context)) {
      return null;
    }
    String path = address.substring(context.length()).replaceAll(";[^/]*", "");
    return withoutClosingSlash(path.isEmpty() ? "/" : QueryParameters.decodePath(path));
  }

  private static String withoutClosingSlash(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
