package io.github.conflictguard.servlet.match;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The path of a request inside its web application. */
public final class RequestPath {

  private RequestPath() {}

  /**
   * Returns the path as the container has decoded and normalized it: without context path, path
   * parameters and query. The raw URI is not used, because one resource may have several spellings
   * in it.
   */
  public static String of(HttpServletRequest request) {
    String pathInfo = request.getPathInfo();
    return pathInfo == null ? request.getServletPath() : request.getServletPath().concat(pathInfo);
  }

  /**
   * Returns the resource of a request to which no rule applies: its path, without a trailing slash.
   * The query is ignored, so that {@code ?notify=1} does not make another resource of the same
   * record; if the query does identify the record, more requests than necessary wait for each
   * other, but no update is lost.
   */
  public static ResourceKey keyOf(HttpServletRequest request) {
    String path = of(request);
    return ResourceKey.of(withoutClosingSlash(path));
  }

  /**
   * Returns the path inside this web application of an address in one of its pages.
   *
   * @param address a path as it is sent, encoded and with path parameters
   * @return the path as in {@link #keyOf}; null when it is outside
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
