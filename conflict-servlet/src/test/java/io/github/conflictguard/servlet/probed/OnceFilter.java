package io.github.conflictguard.servlet.probed;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Decides once for each request, as its mark tells, and is mapped to every dispatcher. */
public final class OnceFilter implements Filter {

  private static final String MARK = "probed.APPLIED";

  @Override
  public void init(FilterConfig config) {
    // Nothing to set.
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (request.getAttribute(MARK) == null) {
      request.setAttribute(MARK, Boolean.TRUE);
      if (!http.getMethod().equals("GET") && "no".equals(http.getHeader("X-Allowed"))) {
        ((HttpServletResponse) response).sendError(403);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {
    // Nothing to give back.
  }
}
