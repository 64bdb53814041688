package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.config.FilterNames;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Passes each request that the container has served to the filter, whether or not it passed the
 * filter. Does nothing while there is no filter.
 */
public final class RequestWatch implements ServletRequestListener {

  private static final Logger LOG = FilterNames.log();

  /**
   * The names of attributes; their values are of JDK types, since several copies of this class may
   * be loaded.
   */
  private static final String CONSUMER = RequestWatch.class.getName() + ".consumer";

  private static final String REGISTERED = RequestWatch.class.getName() + ".registered";
  private static final String HANDED_OVER = RequestWatch.class.getName() + ".handedOver";

  private RequestWatch() {}

  /** Adds the listener to an application, at most once. */
  public static void register(ServletContext context) {
    if (context.getAttribute(REGISTERED) == null) {
      try {
        context.addListener(new RequestWatch());
        context.setAttribute(REGISTERED, true);
      } catch (IllegalStateException | UnsupportedOperationException e) {
        // The filter calls this, but the container permits it to initializers only.
        LOG.log(Level.FINE, "Requests that go past the filter will not be noticed", e);
      }
    }
  }

  /** Starts passing requests to a consumer, unless another instance of the filter receives them. */
  public static void begin(ServletContext context, Consumer<HttpServletRequest> consumer) {
    register(context);
    if (context.getAttribute(CONSUMER) == null) {
      context.setAttribute(CONSUMER, consumer);
    }
  }

  /** Stops passing requests to this consumer. */
  public static void end(ServletContext context, Consumer<HttpServletRequest> consumer) {
    if (context.getAttribute(CONSUMER) == consumer) {
      context.removeAttribute(CONSUMER);
    }
  }

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    // Requests are examined at their end.
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    Object consumer = event.getServletContext().getAttribute(CONSUMER);
    ServletRequest request = event.getServletRequest();
    if (consumer instanceof Consumer && request instanceof HttpServletRequest) {
      try {
        handOver((HttpServletRequest) request, (Consumer<?>) consumer);
      } catch (RuntimeException e) {
        // Some containers have recycled the request by now; its response has been sent.
        LOG.log(Level.FINE, "A request could not be looked at", e);
      }
    }
  }

  /** Passes a request once, although an asynchronous request is reported after each dispatch. */
  @SuppressWarnings("unchecked")
  private static void handOver(HttpServletRequest request, Consumer<?> consumer) {
    if (request.getAttribute(HANDED_OVER) == null) {
      request.setAttribute(HANDED_OVER, true);
      ((Consumer<HttpServletRequest>) consumer).accept(request);
    }
  }
}
