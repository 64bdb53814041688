package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The properties of the request for a page that the submissions of its forms share: its method,
 * context path and user. Remains valid when the container has reused the request. Immutable.
 */
public final class PageSnapshot implements InvocationHandler {

  private final String method;
  private final String contextPath;
  private final @Nullable String user;

  private PageSnapshot(HttpServletRequest request) {
    this.method = request.getMethod();
    this.contextPath = request.getContextPath();
    this.user = request.getRemoteUser();
  }

  /** Returns a request that has these properties and no others: any other question is rejected. */
  public static HttpServletRequest of(HttpServletRequest request) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            PageSnapshot.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            new PageSnapshot(request));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method asked, Object @Nullable [] arguments) {
    switch (asked.getName()) {
      case "getMethod":
        return method;
      case "getContextPath":
        return contextPath;
      case "getRemoteUser":
        return user;
      default:
        throw new UnsupportedOperationException(asked.getName());
    }
  }
}
