package io.github.conflictguard.servlet.modules;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Adds the customer of the parameter {@code email} and catches whatever goes wrong: {@code
 * /jdbc/once}, {@code /jpa/once}, and {@code /.../again}, which stores another address after that.
 */
public final class ManagedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** How many customers there are. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      page(response, "" + new ManagedCustomers().count());
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String email = request.getParameter("email");
    String[] way = request.getPathInfo().split("/");
    try {
      try {
        add(way[1], email);
      } catch (Exception e) {
        if (!way[2].equals("again")) {
          throw e;
        }
        add(way[1], email + "." + System.nanoTime());
      }
      page(response, "Stored");
    } catch (Exception e) {
      page(response, "Something went wrong");
    }
  }

  private static void add(String way, String email) throws Exception {
    if (way.equals("jpa")) {
      new ManagedCustomers().addByJpa(email);
    } else {
      new ManagedCustomers().addByJdbc(email);
    }
  }

  private static void page(HttpServletResponse response, String text) throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print(text);
  }
}
