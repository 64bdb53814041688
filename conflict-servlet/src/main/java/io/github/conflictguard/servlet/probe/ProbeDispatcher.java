package io.github.conflictguard.servlet.probe;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher within an internal GET. The query of its path is added to the parameters of the
 * {@link ProbeRequest} during the dispatch. It is not passed to the container, because Undertow
 * would add its parameters to the write permanently.
 */
final class ProbeDispatcher implements RequestDispatcher {

  private final RequestDispatcher containers;
  private final ProbeRequest question;
  private final @Nullable String query;

  /**
   * Wraps a dispatcher.
   *
   * @param containers the dispatcher of the container, for the path without its query
   * @param query the query, or null if the path has none
   */
  ProbeDispatcher(RequestDispatcher containers, ProbeRequest question, @Nullable String query) {
    this.containers = containers;
    this.question = question;
    this.query = query;
  }

  @Override
  public void forward(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    question.beginForward();
    ProbeQuery before = question.addQuery(query, true);
    try {
      containers.forward(request, response);
    } finally {
      question.setQuery(before);
    }
  }

  @Override
  public void include(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    ProbeQuery before = question.addQuery(query, false);
    try {
      containers.include(request, response);
    } finally {
      question.setQuery(before);
    }
  }
}
