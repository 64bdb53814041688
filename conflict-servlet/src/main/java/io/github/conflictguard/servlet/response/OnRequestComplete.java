package io.github.conflictguard.servlet.response;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Does something once an asynchronous request has ended, however it ended. */
public final class OnRequestComplete implements AsyncListener {

  private final Runnable work;

  private OnRequestComplete(Runnable work) {
    this.work = work;
  }

  /** Works now, or, when the request goes on asynchronously, at its end. */
  public static void orNow(HttpServletRequest request, Runnable work) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new OnRequestComplete(work));
        return;
      }
    } catch (IllegalStateException e) {
      // It ended between the two calls: the application is done.
    }
    work.run();
  }

  /** Called last in every case, after an error or a time-out as well. */
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

  /** Listeners do not survive a new start of asynchronous processing by themselves. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
