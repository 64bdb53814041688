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
 * What an asynchronous read is completed by. The held answer ends before the container is told:
 * then it would be too late on Jetty. Every way that ends a request without being told here (a
 * time-out, an error) lets the answer go first.
 */
final class BufferingAsyncContext extends DelegatingAsync implements AsyncListener {

  private static final Logger LOG = Logger.getLogger(BufferingAsyncContext.class.getName());

  private final AsyncBufferingRequest request;
  private final BufferedResponse response;
  private volatile boolean completedInServlet;

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

  /** Whether the application was not asynchronous in the end: more may follow until it returns. */
  boolean isCompletedInServlet() {
    return completedInServlet;
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

  /** The next pass begins with what the application has written so far. */
  @Override
  public void dispatch() {
    letGo();
    super.dispatch();
  }

  @Override
  public void dispatch(String path) {
    letGo();
    super.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    letGo();
    super.dispatch(context, path);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // Nothing is held any more, unless somebody completed the container's own context.
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

  private void letGo() {
    try {
      response.release();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.FINE, "The client no longer takes the response", e);
    }
  }
}
