package io.github.conflictguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Forwards {@code /r/42} to {@code /record?id=42}, as filters that rewrite addresses do. */
final class RewritingFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = ((HttpServletRequest) request).getServletPath();
    if (request.getDispatcherType() == DispatcherType.REQUEST && path.startsWith("/r/")) {
      String id = path.substring(path.lastIndexOf('/') + 1);
      request.getRequestDispatcher("/record?id=" + id).forward(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
