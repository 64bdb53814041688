package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.resource.ResourceKey;
import jakarta.servlet.http.HttpServletRequest;

/** The path of a request inside its web application. */
public final class RequestPath {

  private RequestPath() {}

  /**
   * The path as the container has decoded and normalised it: without context path, path parameters
   * and query. Never the raw URI, in which one resource has many spellings.
   */
  public static String of(HttpServletRequest request) {
    String pathInfo = request.getPathInfo();
    return pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
  }

  /**
   * The resource that a request is about when no rule says so: its path, a closing slash aside. The
   * query is left out, so that {@code ?notify=1} does not make another resource of the same record;
   * where it does name the record, more wait for each other than have to, and nothing is lost.
   */
  public static ResourceKey keyOf(HttpServletRequest request) {
    String path = of(request);
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return ResourceKey.of(path.substring(0, end));
  }
}
