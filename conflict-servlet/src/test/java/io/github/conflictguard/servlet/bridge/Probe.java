package io.github.conflictguard.servlet.bridge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;

/** What one library of the application receives. Loaded by name, as the bridges are. */
interface Probe {

  /** Serves a request as a filter in front does. */
  default void serve(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
  }

  /** Called by the application while it handles a request. */
  default void handle() {}

  /** Returns what has come until now, sorted. */
  List<String> lines();

  /** Takes the library back into the state from before. */
  default void end() {}
}
