package io.github.conflictguard.servlet.buffer;

import io.github.conflictguard.servlet.response.DelegatingAsync;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The asynchronous context of a buffered read. The buffered response ends before the container is
 * notified: afterwards Jetty would not accept it. Any other end of the request, such as a time-out
 * or an error, releases the response first.
 */
final class BufferingAsyncContext extends DelegatingAsync implements AsyncListener {

  private static final Logger LOG = Logger.getLogger(BufferingAsyncContext.class.getName());

  private final AsyncBufferingRequest request;
  private final BufferedResponse response;
  private volatile boolean completedInServlet;
  private volatile boolean dispatched;

  BufferingAsyncContext(
      AsyncContext containers,
      AsyncBufferingRequest request,
      BufferedResponse response,
      ServletResponse given) {
    super(containers, given);
    this.request = request;
    this.response = response;
    containers.addListener(this);
  }

  /** Returns whether the request completed within the servlet: more may follow until it returns. */
  boolean isCompletedInServlet() {
    return completedInServlet;
  }

  /** Returns whether the request was dispatched: the next pass continues it. */
  boolean isDispatched() {
    return dispatched;
  }

  @Override
  public void complete() {
    if (request.isInServlet()) {
      completedInServlet = true;
    } else {
      end();
    }
    super.complete();
  }

  /**
   * Dispatches the request. The next pass begins with the output that the application has written
   * so far.
   */
  @Override
  public void dispatch() {
    dispatched = true;
    letGo();
    super.dispatch();
  }

  @Override
  public void dispatch(String path) {
    dispatched = true;
    letGo();
    super.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    dispatched = true;
    letGo();
    super.dispatch(context, path);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // Nothing is buffered any more, unless the container's own context was completed.
    letGo();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    letGo();
  }

  @Override
  public void onError(AsyncEvent event) {
    letGo();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    letGo();
  }

  private void end() {
    try {
      response.end();
    } catch (IOException e) {
      LOG.log(Level.FINE, "The client no longer takes the response", e);
    }
  }

  /**
   * Ends the influence of the filter: what was written or postponed is sent, and what follows is
   * passed to the container.
   */
  private void letGo() {
    try {
      response.handOver();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.FINE, "The client no longer takes the response", e);
    }
  }
}
