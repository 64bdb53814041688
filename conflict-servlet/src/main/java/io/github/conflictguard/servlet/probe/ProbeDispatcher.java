package io.github.conflictguard.servlet.probe;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher within an internal GET. The query of its path is added to the parameters of the
 * {@link ProbeRequest} while it is dispatched, and is not given to the container: Undertow would
 * leave its parameters with the write.
 */
final class ProbeDispatcher implements RequestDispatcher {

  private final RequestDispatcher containers;
  private final ProbeRequest question;
  private final @Nullable String query;

  /**
   * Wraps a dispatcher.
   *
   * @param containers the container's, for the path without its query
   * @param query null when the path has none
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
    ProbeRequest.Query before = question.addQuery(query, true);
    try {
      containers.forward(request, response);
    } finally {
      question.setQuery(before);
    }
  }

  @Override
  public void include(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    ProbeRequest.Query before = question.addQuery(query, false);
    try {
      containers.include(request, response);
    } finally {
      question.setQuery(before);
    }
  }
}
