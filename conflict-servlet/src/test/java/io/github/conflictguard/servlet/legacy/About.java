package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/** Tells which deployment this is, and the classes of its filters. */
public class About extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String DEPLOYMENT = UUID.randomUUID().toString();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html");
    response.getWriter().println(DEPLOYMENT);
    for (FilterRegistration filter : getServletContext().getFilterRegistrations().values()) {
      response.getWriter().println(filter.getClassName());
    }
  }
}
