package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A submitted form: the first submission or a repetition. Not thread-safe. */
public final class Submission {

  private final @Nullable SubmittedForms memory;
  private final SubmittedForms.@Nullable Entry entry;
  private final long page;
  private final @Nullable RecordedAnswer known;

  private Submission(
      @Nullable SubmittedForms memory,
      SubmittedForms.@Nullable Entry entry,
      long page,
      @Nullable RecordedAnswer known) {
    this.memory = memory;
    this.entry = entry;
    this.page = page;
    this.known = known;
  }

  static Submission first(SubmittedForms memory, SubmittedForms.@Nullable Entry entry) {
    return new Submission(memory, entry, 0, null);
  }

  static Submission again(long page, @Nullable RecordedAnswer known) {
    return new Submission(null, null, page, known);
  }

  /**
   * Returns whether the form is to be executed; then {@link #done} or {@link #failed} must be
   * called.
   */
  public boolean isFirst() {
    return memory != null;
  }

  /** Returns whether the first response is stored. */
  public boolean isAnswerKnown() {
    return known != null;
  }

  /** Returns the number of the page that was the first response. */
  public long page() {
    return page;
  }

  /** Sends the first response again. */
  public void replay(HttpServletResponse response) throws IOException {
    if (known == null) {
      throw new IllegalStateException("the answer of the first time is not known");
    }
    known.sendTo(response);
  }

  /**
   * Records that the form was executed.
   *
   * @param after the client when the application has finished
   * @param answer null when it was not recorded, because it was sent asynchronously
   */
  public void done(ClientIdentity after, long answeringPage, @Nullable RecordedSubmit answer) {
    remember(after, answeringPage, answer == null ? null : answer.recorded());
  }

  void remember(ClientIdentity after, long answeringPage, @Nullable RecordedAnswer answer) {
    if (memory != null && entry != null) {
      memory.done(entry, after, answeringPage, answer);
    }
  }

  /** Discards the entry, so that the next identical submission is executed. */
  public void failed() {
    if (memory != null && entry != null) {
      memory.failed(entry);
    }
  }
}
