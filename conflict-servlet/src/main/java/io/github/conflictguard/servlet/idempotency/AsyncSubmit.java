package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** A form that is processed asynchronously: its outcome is recorded when the request completes. */
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
   * Registers a listener that ends a submission when its request completes.
   *
   * @return whether the request continues asynchronously; if not, nothing happens
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
      // The asynchronous processing has ended between the two calls.
      return false;
    }
  }

  /** Records the outcome. Called last in every case, also after an error or a timeout. */
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
    // The status contains the result of the application or the container.
  }

  @Override
  public void onError(AsyncEvent event) {
    error = true;
  }

  /** Registers the listener again, because a new start of asynchronous processing removes it. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
