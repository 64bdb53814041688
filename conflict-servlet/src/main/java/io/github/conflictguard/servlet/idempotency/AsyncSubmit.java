package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** A form that is carried out asynchronously: what has come of it is known when it is complete. */
public final class AsyncSubmit implements AsyncListener {

  private final Submission submission;
  private final RecordedSubmit answer;
  private final ClientIdentity client;
  private final long page;
  private volatile boolean error;

  private AsyncSubmit(
      Submission submission, RecordedSubmit answer, ClientIdentity client, long page) {
    this.submission = submission;
    this.answer = answer;
    this.client = client;
    this.page = page;
  }

  /**
   * Ends a submission when its request is complete.
   *
   * @return whether the request goes on asynchronously; if not, nothing happens
   */
  public static boolean awaits(
      HttpServletRequest request,
      Submission submission,
      RecordedSubmit answer,
      ClientIdentity client,
      long page) {
    try {
      if (!request.isAsyncStarted()) {
        return false;
      }
      request.getAsyncContext().addListener(new AsyncSubmit(submission, answer, client, page));
      return true;
    } catch (IllegalStateException e) {
      // It ended between the two calls.
      return false;
    }
  }

  /** Called last in every case, after an error or a time-out as well. */
  @Override
  public void onComplete(AsyncEvent event) {
    if (error || !answer.isSuccess()) {
      submission.failed();
    } else {
      submission.done(client, page, null);
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // The status tells what the application, or the container, has made of it.
  }

  @Override
  public void onError(AsyncEvent event) {
    error = true;
  }

  /** Listeners do not survive a new start of asynchronous processing by themselves. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
