package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an asynchronous read is completed by. The held answer ends before the container is told:
 * then it would be too late on Jetty. Every way that ends a request without being told here (a
 * time-out, an error) lets the answer go first.
 */
final class WatchedAsync implements AsyncContext, AsyncListener {

  private static final Logger LOG = Logger.getLogger(WatchedAsync.class.getName());

  private final AsyncContext containers;
  private final WatchedRead request;
  private final BufferedResponse response;
  private final ServletResponse given;
  private volatile boolean completedInServlet;

  WatchedAsync(
      AsyncContext containers,
      WatchedRead request,
      BufferedResponse response,
      ServletResponse given) {
    this.containers = containers;
    this.request = request;
    this.response = response;
    this.given = given;
    containers.addListener(this);
  }

  boolean isOf(AsyncContext other) {
    return containers == other;
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
    containers.complete();
  }

  /** The next pass begins with what the application has written so far. */
  @Override
  public void dispatch() {
    letGo();
    containers.dispatch();
  }

  @Override
  public void dispatch(String path) {
    letGo();
    containers.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    letGo();
    containers.dispatch(context, path);
  }

  @Override
  public ServletRequest getRequest() {
    return containers.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return given;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return containers.hasOriginalRequestAndResponse();
  }

  @Override
  public void start(Runnable run) {
    containers.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    containers.addListener(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest servletRequest, ServletResponse servletResponse) {
    containers.addListener(listener, servletRequest, servletResponse);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return containers.createListener(type);
  }

  @Override
  public void setTimeout(long timeout) {
    containers.setTimeout(timeout);
  }

  @Override
  public long getTimeout() {
    return containers.getTimeout();
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
