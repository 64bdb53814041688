package io.github.conflictguard.servlet.swallow;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a JSP for errors comes down to: it flushes its header before it goes on. */
public final class ErrorView extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().print("<h1>Error</h1>");
    response.getWriter().flush();
    response.getWriter().print("<pre>" + request.getAttribute("exception") + "</pre>");
  }
}
