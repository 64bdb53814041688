package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leaves the answer to a page: by forward, by include, or by an include after a forward. */
public final class ByPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String way = request.getPathInfo();
    String pages = getServletContext().getInitParameter("pages");
    RequestDispatcher page = request.getRequestDispatcher(pages.replace("*", "json"));
    if (way.equals("/forward")) {
      page.forward(request, response);
    } else if (way.equals("/include")) {
      response.setContentType("application/json;charset=UTF-8");
      page.include(request, response);
    } else {
      request.getRequestDispatcher("/by/include").forward(request, response);
    }
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
