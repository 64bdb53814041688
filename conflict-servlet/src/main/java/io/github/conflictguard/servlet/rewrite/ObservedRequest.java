package io.github.conflictguard.servlet.rewrite;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A request whose response is observed even if it is written and completed asynchronously:
 * otherwise the container would give the application its own, unobserved response.
 */
final class ObservedRequest extends HttpServletRequestWrapper {

  private static final Logger LOG = Logger.getLogger(ObservedRequest.class.getName());

  private final HttpServletResponse observed;
  private final Runnable completed;
  private final Thread servletThread = Thread.currentThread();
  private volatile boolean inServlet = true;
  private volatile @Nullable ObservedAsync async;

  /**
   * Creates a request.
   *
   * @param observed the response to use in place of the container's response
   * @param completed called before the container is notified that the response is complete, because
   *     the client may receive it then; not called if the application completes it before it
   *     returns
   */
  public ObservedRequest(
      HttpServletRequest request, HttpServletResponse observed, Runnable completed) {
    super(request);
    this.observed = observed;
    this.completed = completed;
  }

  /** Called when the application has returned. */
  public void returned() {
    inServlet = false;
  }

  void completes() {
    if (!inServlet || Thread.currentThread() != servletThread) {
      try {
        completed.run();
      } catch (RuntimeException e) {
        // The response must be completed, even if it cannot be counted.
        LOG.log(Level.WARNING, "An answer that was completed asynchronously is not counted", e);
      }
    }
  }

  @Override
  public AsyncContext startAsync() {
    return observed(super.startAsync(), observed);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse given) {
    return observed(super.startAsync(request, given), given);
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext containers = super.getAsyncContext();
    ObservedAsync known = async;
    return known != null && known.isOf(containers) ? known : containers;
  }

  private AsyncContext observed(AsyncContext containers, ServletResponse given) {
    ObservedAsync started = new ObservedAsync(containers, this, given);
    async = started;
    return started;
  }
}
