package io.github.conflictguard.servlet.guarded;

import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;

/** Catches what it knows, as applications do, so that without a guard nobody learns of it. */
public class StockServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String DEPLOYMENT = UUID.randomUUID().toString();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      super.service(request, response);
    } catch (IllegalStateException e) {
      response.getWriter().print("swallowed");
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html");
    response.getWriter().println(DEPLOYMENT);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Stock stock = new Stock();
    try {
      if ("/annotated".equals(request.getPathInfo())) {
        stock.add("1");
      } else {
        stock.replace("1");
      }
    } catch (SQLException e) {
      response.getWriter().print("swallowed");
    }
  }

  @Override
  @ConflictGuarded
  protected void doPut(HttpServletRequest request, HttpServletResponse response) {
    throw new IllegalStateException(new SQLException("exists", "23505"));
  }
}
