package io.github.conflictguard.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;

/** Lets some requests through and answers 403 to the others. */
public final class SecurityFilter implements Filter {

  private final Predicate<HttpServletRequest> allowed;

  public SecurityFilter(Predicate<HttpServletRequest> allowed) {
    this.allowed = allowed;
  }

  @Override
  public void init(FilterConfig config) {
    // Nothing to set.
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (http.getMethod().equals("GET") || allowed.test(http)) {
      chain.doFilter(request, response);
    } else {
      ((HttpServletResponse) response).sendError(403);
    }
  }

  @Override
  public void destroy() {
    // Nothing to give back.
  }
}
