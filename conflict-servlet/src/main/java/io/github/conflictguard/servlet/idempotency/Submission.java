package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A form that was sent: for the first time, or again. One thread at a time. */
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

  /** Whether it has to be carried out; then {@link #done} or {@link #failed} has to follow. */
  public boolean isFirst() {
    return memory != null;
  }

  /** Whether the answer of the first time is known. */
  public boolean isAnswerKnown() {
    return known != null;
  }

  /** The number of the page that was the answer of the first time. */
  public long page() {
    return page;
  }

  /** Answers as the first time. */
  public void replay(HttpServletResponse response) throws IOException {
    if (known == null) {
      throw new IllegalStateException("the answer of the first time is not known");
    }
    known.sendTo(response);
  }

  /**
   * Notes that it was carried out.
   *
   * @param after the client as it is when the application has run
   * @param answer null when it was not seen, because it was sent asynchronously
   */
  public void done(ClientIdentity after, long answeringPage, @Nullable RecordedSubmit answer) {
    remember(after, answeringPage, answer == null ? null : answer.recorded());
  }

  void remember(ClientIdentity after, long answeringPage, @Nullable RecordedAnswer answer) {
    if (memory != null && entry != null) {
      memory.done(entry, after, answeringPage, answer);
    }
  }

  /** Discards the entry, so that the next identical submission is carried out. */
  public void failed() {
    if (memory != null && entry != null) {
      memory.failed(entry);
    }
  }
}
