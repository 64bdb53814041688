package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.form.PageView;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.RewritingResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An answer into whose forms tokens are put, if it turns out to be a page. */
final class AnsweredPage {

  final PageView origin;
  private final BodyRewriter.Choice choice;
  private final RewritingResponse response;

  AnsweredPage(PageView origin, BodyRewriter.Choice choice, HttpServletResponse response) {
    this.origin = origin;
    this.choice = choice;
    this.response = new RewritingResponse(response, choice);
  }

  /** The same page in another pass. */
  AnsweredPage again(HttpServletResponse otherResponse) {
    return new AnsweredPage(origin, choice, otherResponse);
  }

  /** What has to take the place of the container's response. */
  HttpServletResponse response() {
    return response.forApplication();
  }

  /** Whether it is one, as far as status and headers tell so far. */
  boolean isOne() {
    return response.wouldBeRewritten();
  }

  /** Whether the application has answered with something else than a page. */
  boolean wasNone() {
    return response.wasKept();
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
