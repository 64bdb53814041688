package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.exchange.RewrittenResponse;
import io.github.conflictguard.servlet.form.PageOrigin;
import java.io.IOException;

/** An answer into whose forms tokens are put, if it turns out to be a page. */
final class AnsweredPage {

  final PageOrigin origin;
  private final RewrittenResponse response;

  AnsweredPage(PageOrigin origin, RewrittenResponse response) {
    this.origin = origin;
    this.response = response;
  }

  /** Whether it is one, as far as status and headers tell so far. */
  boolean isOne() {
    return response.wouldBeRewritten();
  }

  /** What is written from now on is the filter's own answer. */
  void leave() throws IOException {
    response.off();
  }

  /** The application has written everything. */
  void end() throws IOException {
    response.end();
  }
}
