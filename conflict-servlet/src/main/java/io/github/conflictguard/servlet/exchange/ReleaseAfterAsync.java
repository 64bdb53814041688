package io.github.conflictguard.servlet.exchange;

import io.github.conflictguard.resource.Hold;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Releases a lock when an asynchronous request has ended, however it ended. */
public final class ReleaseAfterAsync implements AsyncListener {

  private final Hold hold;

  private ReleaseAfterAsync(Hold hold) {
    this.hold = hold;
  }

  /** Releases the lock now, or, when the request goes on asynchronously, at its end. */
  public static void orNow(HttpServletRequest request, Hold hold) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new ReleaseAfterAsync(hold));
        return;
      }
    } catch (IllegalStateException e) {
      // It ended between the two calls: the application is done.
    }
    hold.close();
  }

  /** Called last in every case, after an error or a time-out as well. */
  @Override
  public void onComplete(AsyncEvent event) {
    hold.close();
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
