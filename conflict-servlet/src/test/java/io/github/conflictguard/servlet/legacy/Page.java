package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the JSPs print, where there are none. */
public final class Page extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute("name") == null) {
      response.setContentType("application/json;charset=UTF-8");
      response.getWriter().println("{\"by\":\"page\"}");
    } else {
      response.setContentType("text/html;charset=UTF-8");
      response.getWriter().println("<p>" + request.getAttribute("name") + "</p>");
    }
  }
}
