package io.github.conflictguard.servlet;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.exchange.HeaderSnapshot;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One request and its response, as they came to the filter. One thread at a time. */
final class Exchange {

  private static final Logger LOG = Logger.getLogger(ConflictFilter.class.getName());

  final HttpServletRequest request;
  final HttpServletResponse response;
  final ConditionalHeaders conditions;
  private final HeaderSnapshot before;

  Exchange(HttpServletRequest request, HttpServletResponse response, ChangedTags changedTags) {
    this.request = request;
    this.response = response;
    this.conditions =
        ConditionalHeaders.read(
            name -> Collections.list(request.getHeaders(name)), Instant.now(), changedTags);
    this.before = HeaderSnapshot.before(response);
  }

  /** Answers with a problem that the filter itself found. */
  void answer(ProblemDetail problem) throws IOException {
    answer(problem, null);
  }

  /**
   * Answers with a problem in place of the application. The log gets the same identity.
   *
   * @param cause what the application threw; null when it did not run
   */
  void answer(ProblemDetail problem, @Nullable Throwable cause) throws IOException {
    LOG.log(Level.INFO, logLine(problem), cause);
    Answers.problem(request, response, before, problem);
  }

  private String logLine(ProblemDetail problem) {
    return problem.type().status()
        + " "
        + problem.type().kind()
        + " for "
        + request.getMethod()
        + " "
        + problem.resource()
        + ", "
        + problem.instance();
  }
}
