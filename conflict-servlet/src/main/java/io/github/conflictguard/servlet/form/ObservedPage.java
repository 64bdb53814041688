package io.github.conflictguard.servlet.form;

import org.jspecify.annotations.Nullable;

/** The page of a request in mode {@code observe}, and the form that it submits. Immutable. */
public final class ObservedPage {

  private final PageView origin;
  private final @Nullable ObservedSubmission sent;

  /**
   * @param sent null where nothing is written
   */
  public ObservedPage(PageView origin, @Nullable ObservedSubmission sent) {
    this.origin = origin;
    this.sent = sent;
  }

  /** Returns where the page of the response comes from. */
  public PageView origin() {
    return origin;
  }

  /** Returns the form that was submitted; null where nothing is written. */
  public @Nullable ObservedSubmission sent() {
    return sent;
  }
}
