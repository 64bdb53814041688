package io.github.conflictguard.servlet.buffer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A read whose response is buffered until it is complete, even if it is completed on another thread
 * after the servlet has returned.
 */
public final class AsyncBufferingRequest extends AsyncReleasingRequest {

  private final BufferedResponse response;
  private final Thread servletThread = Thread.currentThread();
  private volatile boolean inServlet = true;
  private volatile @Nullable BufferingAsyncContext async;

  public AsyncBufferingRequest(HttpServletRequest request, BufferedResponse response) {
    super(request, response);
    this.response = response;
  }

  /** Returns whether the application has started asynchronous processing and not completed it. */
  public boolean isContinuing() {
    BufferingAsyncContext context = async;
    return context != null && !context.isCompletedInServlet();
  }

  /** Returns whether the application has dispatched the request: the next pass continues it. */
  public boolean isDispatched() {
    BufferingAsyncContext context = async;
    return context != null && context.isDispatched();
  }

  /** Called when the application has returned: ends a response that is complete by now. */
  public void returned() throws IOException {
    inServlet = false;
    response.endWatch();
    BufferingAsyncContext context = async;
    if (context == null || context.isCompletedInServlet()) {
      response.end();
    }
  }

  /** Returns whether the application is still running on the calling thread. */
  boolean isInServlet() {
    return inServlet && Thread.currentThread() == servletThread;
  }

  @Override
  public AsyncContext startAsync() {
    // It gives the application the container's own response, which is not buffered.
    return watched(startContainersAsync(), response.forApplication());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse given) {
    return watched(startContainersAsync(request, given), given);
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext containers = super.getAsyncContext();
    BufferingAsyncContext context = async;
    return context != null && context.isOf(containers) ? context : containers;
  }

  private AsyncContext watched(AsyncContext containers, ServletResponse given) {
    BufferingAsyncContext context = new BufferingAsyncContext(containers, this, response, given);
    async = context;
    return context;
  }
}
