package io.github.conflictguard.servlet.match;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a filter in front of the guard has forwarded before the guard saw them. The first
 * forward is the request; forwards of the application, from there on, are none.
 */
public final class Forwarded {

  private static final String TARGET = Forwarded.class.getName() + ".target";

  private Forwarded() {}

  /**
   * Returns whether this is the first forward of a request that the guard has not seen. What is
   * forwarded from an error page or an include is not the request.
   */
  public static boolean isFirst(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.FORWARD
        && request.getAttribute(TARGET) == null
        && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) == null
        && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null;
  }

  /** Remembers where it was forwarded to. */
  public static void note(HttpServletRequest request) {
    request.setAttribute(TARGET, RequestPath.of(request));
  }

  /** Returns the path of the first forward; null when there was none. */
  public static @Nullable String target(HttpServletRequest request) {
    Object target = request.getAttribute(TARGET);
    return target == null ? null : target.toString();
  }
}
