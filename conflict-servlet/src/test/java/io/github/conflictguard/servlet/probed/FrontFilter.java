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

/** Refuses clients what is under {@code /adm}, and sets an attribute. */
public final class FrontFilter implements Filter {

  @Override
  public void init(FilterConfig config) {
    // Nothing to set.
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (((HttpServletRequest) request).getServletPath().equals("/adm")) {
      ((HttpServletResponse) response).sendError(403);
      return;
    }
    request.setAttribute("front", "set");
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {
    // Nothing to give back.
  }
}
