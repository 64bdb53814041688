package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.form.PageView;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.RewritingResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A response whose forms receive tokens if it turns out to be an HTML page. */
final class AnsweredPage {

  final PageView origin;
  private final BodyRewriter.Choice choice;
  private final RewritingResponse response;

  AnsweredPage(PageView origin, BodyRewriter.Choice choice, HttpServletResponse response) {
    this.origin = origin;
    this.choice = choice;
    this.response = new RewritingResponse(response, choice);
  }

  /** Returns the same page for another pass of the request. */
  AnsweredPage again(HttpServletResponse otherResponse) {
    return new AnsweredPage(origin, choice, otherResponse);
  }

  /** Returns the response to pass to the application in place of the container's. */
  HttpServletResponse response() {
    return response.forApplication();
  }

  /** Returns whether the response is a page, judging by the current status and headers. */
  boolean isOne() {
    return response.wouldBeRewritten();
  }

  /** Returns whether the application has sent something other than a page. */
  boolean wasNone() {
    return response.wasKept();
  }

  /** Turns off rewriting, so that the filter can write its own response. */
  void leave() throws IOException {
    response.off();
  }

  /** Ends the rewriting. Called when the application has written the whole response. */
  void end() throws IOException {
    response.end();
  }
}
