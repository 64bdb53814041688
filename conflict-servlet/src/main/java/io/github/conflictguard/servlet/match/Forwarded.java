package io.github.conflictguard.servlet.match;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tracks requests that a preceding filter has forwarded before they reached this one. Such a first
 * forward is treated as the request; later forwards by the application are not.
 */
public final class Forwarded {

  private static final String TARGET = Forwarded.class.getName() + ".target";

  private Forwarded() {}

  /**
   * Returns whether this is the first forward of a request that the filter has not handled.
   * Forwards from an error page or an include are not treated as the request.
   */
  public static boolean isFirst(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.FORWARD
        && request.getAttribute(TARGET) == null
        && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) == null
        && request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null;
  }

  /** Records the target of the forward. */
  public static void note(HttpServletRequest request) {
    request.setAttribute(TARGET, RequestPath.of(request));
  }

  /** Returns the path of the first forward; null when there was none. */
  public static @Nullable String target(HttpServletRequest request) {
    Object target = request.getAttribute(TARGET);
    return target == null ? null : target.toString();
  }
}
