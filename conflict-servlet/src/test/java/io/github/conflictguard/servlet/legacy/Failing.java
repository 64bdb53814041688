package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** Fails in one of several ways. */
public final class Failing extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String how = request.getPathInfo();
    if (how.equals("/status")) {
      response.sendError(HttpServletResponse.SC_GONE);
      return;
    }
    if (how.equals("/bug")) {
      throw new IllegalStateException("a bug");
    }
    if (how.equals("/duplicate-on-page")) {
      response.setContentType("text/html;charset=ISO-8859-1");
      response.getWriter().print("<p>half of a page");
    }
    throw new ServletException(
        new SQLException("Unique index or primary key violation: PEOPLE(EMAIL)", "23505", 23505));
  }
}
