package io.github.conflictguard.servlet.request;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The URL to which the client sent a request. It differs from that of the request if an earlier
 * filter has forwarded the request (Servlet specification, 9.4.2).
 */
public final class SentAddress {

  private SentAddress() {}

  /** Returns the path as it was sent, encoded, with the context path. */
  public static String path(HttpServletRequest request) {
    Object sent = attribute(request, RequestDispatcher.FORWARD_REQUEST_URI);
    return sent == null ? request.getRequestURI() : sent.toString();
  }

  /** Returns the path as it was sent, decoded and normalized, without the context path. */
  static String decodedPath(HttpServletRequest request) {
    Object servletPath = attribute(request, RequestDispatcher.FORWARD_SERVLET_PATH);
    Object pathInfo = attribute(request, RequestDispatcher.FORWARD_PATH_INFO);
    if (servletPath == null && pathInfo == null) {
      servletPath = request.getServletPath();
      pathInfo = request.getPathInfo();
    }
    return (servletPath == null ? "" : servletPath.toString())
        + (pathInfo == null ? "" : pathInfo.toString());
  }

  /** Returns the query as it was sent, or null if there was none. */
  public static @Nullable String query(HttpServletRequest request) {
    if (attribute(request, RequestDispatcher.FORWARD_REQUEST_URI) == null) {
      return request.getQueryString();
    }
    Object sent = attribute(request, RequestDispatcher.FORWARD_QUERY_STRING);
    return sent == null ? null : sent.toString();
  }

  /**
   * Returns the query from which the application gets its parameters: that of the forward, which
   * comes first, and the one that was sent (9.1.1).
   */
  public static @Nullable String effectiveQuery(HttpServletRequest request) {
    String own = request.getQueryString();
    String sent = query(request);
    if (own == null || sent == null || own.equals(sent)) {
      return own == null ? sent : own;
    }
    return own + '&' + sent;
  }

  private static @Nullable Object attribute(HttpServletRequest request, String name) {
    return request.getDispatcherType() == DispatcherType.FORWARD
        ? request.getAttribute(name)
        : null;
  }
}
