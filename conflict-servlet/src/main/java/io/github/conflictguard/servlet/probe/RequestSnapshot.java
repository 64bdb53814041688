package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.container.UndertowContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state that an internal GET must not change, even through the wrapped request: the attributes
 * of the request, and the context class loader of the thread. Not thread-safe.
 */
public final class RequestSnapshot {

  /** The prefix of attributes that the container creates when they are read. */
  private static final String OF_CONNECTION = "jakarta.servlet.request.";

  private final ServletRequest request;
  private final Map<String, Object> attributes = new HashMap<>();
  private final @Nullable RequestSnapshot behind;
  private final @Nullable UndertowContext undertow;
  private final @Nullable ClassLoader loader;

  private RequestSnapshot(ServletRequest request, @Nullable RequestSnapshot behind) {
    this.request = request;
    this.behind = behind;
    this.undertow = behind == null ? UndertowContext.of(request) : null;
    this.loader = Thread.currentThread().getContextClassLoader();
    for (String name : Collections.list(request.getAttributeNames())) {
      Object value = request.getAttribute(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
  }

  /** Takes a snapshot of a request, and of the container's own request behind its wrappers. */
  public static RequestSnapshot of(ServletRequest request) {
    ServletRequest innermost = request;
    while (innermost instanceof ServletRequestWrapper) {
      innermost = ((ServletRequestWrapper) innermost).getRequest();
    }
    RequestSnapshot behind = innermost == request ? null : new RequestSnapshot(innermost, null);
    return new RequestSnapshot(request, behind);
  }

  /** Restores the changed values. */
  public void restore() {
    if (behind != null) {
      behind.restore();
    }
    if (undertow != null) {
      undertow.restore();
    }
    Thread thread = Thread.currentThread();
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    for (String name : Collections.list(request.getAttributeNames())) {
      if (!attributes.containsKey(name) && !name.startsWith(OF_CONNECTION)) {
        request.removeAttribute(name);
      }
    }
    attributes.forEach(
        (name, value) -> {
          if (!name.startsWith(OF_CONNECTION) && request.getAttribute(name) != value) {
            request.setAttribute(name, value);
          }
        });
  }
}
