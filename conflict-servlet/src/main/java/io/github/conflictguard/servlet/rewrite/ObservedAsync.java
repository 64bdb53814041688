package io.github.conflictguard.servlet.rewrite;

import io.github.conflictguard.servlet.response.DelegatingAsync;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;

/** The asynchronous context of an observed response. */
final class ObservedAsync extends DelegatingAsync {

  private final ObservedRequest request;

  ObservedAsync(AsyncContext containers, ObservedRequest request, ServletResponse given) {
    super(containers, given);
    this.request = request;
  }

  @Override
  public void complete() {
    request.completes();
    super.complete();
  }
}
