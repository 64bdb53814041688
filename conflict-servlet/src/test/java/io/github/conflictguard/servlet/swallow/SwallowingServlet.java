package io.github.conflictguard.servlet.swallow;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Adds the customer of the parameter {@code email}, as applications of its time do: whatever goes
 * wrong, the exception does not leave it. The parts of {@code /*} are its ways to hide one.
 */
public final class SwallowingServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient Customers customers;

  /** With a database of its own, for a container. */
  public SwallowingServlet() {}

  public SwallowingServlet(Customers customers) {
    this.customers = customers;
  }

  @Override
  public void init() throws ServletException {
    if (customers == null) {
      try {
        customers = new Customers(Customers.newDatabase());
      } catch (SQLException e) {
        throw new ServletException(e);
      }
    }
  }

  /** How many customers there are. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      response.setContentType("text/html");
      response.getWriter().print(customers.count());
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String email = request.getParameter("email");
    switch (request.getPathInfo()) {
      case "/attribute":
        withErrorView(email, request, response);
        break;
      case "/catch-all":
        withPage(email, response);
        break;
      case "/redirect":
        withRedirect(email, request, response);
        break;
      case "/commit-later":
        withCommitAfterReturn(email, request, response);
        break;
      case "/retry":
        withSecondTry(email, request, response);
        break;
      case "/retry-transaction":
        withSecondTransaction(email, response);
        break;
      default:
        response.sendError(404);
    }
  }

  /** As Spring MVC and Struts do it: the view gets the exception. */
  private void withErrorView(String email, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      customers.add(email);
      page(response, "Stored");
    } catch (SQLException e) {
      request.setAttribute("exception", e);
      response.setStatus(500);
      request.getRequestDispatcher("/error-view").forward(request, response);
    }
  }

  private void withPage(String email, HttpServletResponse response) throws IOException {
    try {
      customers.add(email);
      page(response, "Stored");
    } catch (SQLException e) {
      page(response, "Something went wrong");
    }
  }

  private void withRedirect(String email, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      customers.add(email);
    } catch (SQLException e) {
      getServletContext().setAttribute("last failure", "not stored");
    }
    response.sendRedirect(request.getContextPath() + "/list");
  }

  /**
   * As containers and proxies do it: what is to be stored is stored when the handler is through.
   */
  private void withCommitAfterReturn(
      String email, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Deque<String> toBeStored = new ArrayDeque<>();
    toBeStored.add(email);
    page(response, "Stored");
    try {
      for (String each : toBeStored) {
        customers.add(each);
      }
    } catch (SQLException e) {
      if (request.getParameter("throw") != null) {
        throw new ServletException("The transaction was rolled back");
      }
      response.sendError(500, "The transaction was rolled back");
    }
  }

  private void withSecondTry(String email, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      try {
        customers.add(email);
      } catch (SQLException e) {
        customers.add(email + "." + System.nanoTime());
      }
      String status = request.getParameter("status");
      response.setStatus(status == null ? 200 : Integer.parseInt(status));
      page(response, "Stored");
    } catch (SQLException e) {
      page(response, "Something went wrong");
    }
  }

  private void withSecondTransaction(String email, HttpServletResponse response)
      throws IOException {
    try {
      customers.addEither(email, email + "." + System.nanoTime());
      page(response, "Stored");
    } catch (SQLException e) {
      page(response, "Something went wrong");
    }
  }

  private static void page(HttpServletResponse response, String text) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().print("<p>" + text + "</p>");
  }
}
