package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Saves a name and shows it on a page that it forwards to. */
public final class NameForm extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private volatile String name = "";

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    name = request.getParameter("name");
    response.sendRedirect(request.getContextPath() + "/form");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute("name", name);
    String pages = getServletContext().getInitParameter("pages");
    request.getRequestDispatcher(pages.replace("*", "name")).forward(request, response);
  }
}
