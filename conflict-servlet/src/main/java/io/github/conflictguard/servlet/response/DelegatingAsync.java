package io.github.conflictguard.servlet.response;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * A wrapper that delegates every call to the container's context, and returns the given response.
 */
public class DelegatingAsync implements AsyncContext {

  private final AsyncContext containers;
  private final ServletResponse given;

  public DelegatingAsync(AsyncContext containers, ServletResponse given) {
    this.containers = containers;
    this.given = given;
  }

  /** Returns whether this wrapper delegates to the given context. */
  public final boolean isOf(AsyncContext other) {
    return containers == other;
  }

  @Override
  public void complete() {
    containers.complete();
  }

  @Override
  public void dispatch() {
    containers.dispatch();
  }

  @Override
  public void dispatch(String path) {
    containers.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
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
}
