package io.github.conflictguard.servlet.form;

import org.jspecify.annotations.Nullable;

/** The page of a request in mode {@code observe}, and the form that it submits. Immutable. */
public final class ObservedPage {

  private final PageView origin;
  private final @Nullable ObservedSubmission sent;

  /**
   * Creates a page.
   *
   * @param sent null where the request is not a write
   */
  public ObservedPage(PageView origin, @Nullable ObservedSubmission sent) {
    this.origin = origin;
    this.sent = sent;
  }

  /** Returns the view of the page in the response. */
  public PageView origin() {
    return origin;
  }

  /** Returns the submitted form; null where the request is not a write. */
  public @Nullable ObservedSubmission sent() {
    return sent;
  }
}
