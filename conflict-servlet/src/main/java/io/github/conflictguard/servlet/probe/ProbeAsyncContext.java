package io.github.conflictguard.servlet.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous context of an internal GET. The real request does not become asynchronous: the
 * thread of the write waits.
 */
public final class ProbeAsyncContext implements AsyncContext {

  private static final Logger LOG = Logger.getLogger(ProbeAsyncContext.class.getName());

  private final ServletRequest request;
  private final ServletResponse response;
  private final boolean originals;
  private final List<AsyncListener> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable String dispatchedTo;
  private volatile boolean dispatched;
  private volatile long timeout = 30_000;

  ProbeAsyncContext(ServletRequest request, ServletResponse response, boolean originals) {
    this.request = request;
    this.response = response;
    this.originals = originals;
  }

  /**
   * Waits until the application has completed the response or dispatches the request.
   *
   * @param millis the maximum time to wait, in milliseconds
   * @return false if it did neither in time
   */
  public boolean await(long millis) throws InterruptedException {
    long patience = timeout > 0 ? Math.min(timeout, millis) : millis;
    if (ended.await(patience, TimeUnit.MILLISECONDS)) {
      return true;
    }
    tell(AsyncListener::onTimeout);
    return ended.getCount() == 0;
  }

  /** Returns whether the application has dispatched the request. */
  public boolean isDispatched() {
    return dispatched;
  }

  /** Returns the path of the dispatch; null for the target of the internal GET. */
  public @Nullable String dispatchedTo() {
    return dispatchedTo;
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  @Override
  public void complete() {
    tell(AsyncListener::onComplete);
    ended.countDown();
  }

  @Override
  public void dispatch() {
    dispatched = true;
    ended.countDown();
  }

  @Override
  public void dispatch(String path) {
    dispatchedTo = path;
    dispatch();
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    throw new IllegalStateException("The filter's own question stays in its web application");
  }

  /** Runs a task in a new thread: the container's threads belong to real requests. */
  @Override
  public void start(Runnable run) {
    Thread thread = new Thread(run, "conflict-guard question");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public ServletRequest getRequest() {
    return request;
  }

  @Override
  public ServletResponse getResponse() {
    return response;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return originals;
  }

  @Override
  public void addListener(AsyncListener listener) {
    listeners.add(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest servletRequest, ServletResponse servletResponse) {
    listeners.add(listener);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new ServletException(e);
    }
  }

  @Override
  public void setTimeout(long millis) {
    timeout = millis;
  }

  @Override
  public long getTimeout() {
    return timeout;
  }

  private void tell(Event event) {
    for (AsyncListener listener : listeners) {
      try {
        event.tell(listener, new AsyncEvent(this, request, response));
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.FINE, "A listener of the application failed", e);
      }
    }
  }

  @FunctionalInterface
  private interface Event {
    void tell(AsyncListener listener, AsyncEvent event) throws IOException;
  }
}
