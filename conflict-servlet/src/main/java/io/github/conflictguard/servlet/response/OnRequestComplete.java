package io.github.conflictguard.servlet.response;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** A listener that runs a task once an asynchronous request has ended, successfully or not. */
public final class OnRequestComplete implements AsyncListener {

  private final Runnable work;

  private OnRequestComplete(Runnable work) {
    this.work = work;
  }

  /** Runs a task immediately or, if the request is asynchronous, at its end. */
  public static void orNow(HttpServletRequest request, Runnable work) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new OnRequestComplete(work));
        return;
      }
    } catch (IllegalStateException e) {
      // It ended between the two calls: the application has finished.
    }
    work.run();
  }

  /** Runs the task. Called last in every case, even after an error or a time-out. */
  @Override
  public void onComplete(AsyncEvent event) {
    work.run();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // onComplete follows.
  }

  @Override
  public void onError(AsyncEvent event) {
    // onComplete follows.
  }

  /** Registers the listener again, because a new asynchronous cycle drops it. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
