package io.github.conflictguard.example.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * The base class of all servlets of the application: one handler for each method, PATCH included,
 * and a single conversion of errors to responses.
 *
 * <p>A subclass declares its supported methods and overrides their handlers. Errors of the database
 * are thrown as {@link ServletException}.
 */
public class OfficeServlet extends HttpServlet {

  private final List<String> methods;

  protected OfficeServlet(String... methods) {
    this.methods = List.of(methods);
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      dispatch(request, response);
    } catch (ClientErrorException e) {
      refuse(response, e);
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }

  /** Returns the methods that the resource of the request supports. */
  protected List<String> methods(HttpServletRequest request) {
    return methods;
  }

  /** Handles GET and HEAD; for HEAD the container omits the body. */
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    throw ClientErrorException.methodNotAllowed("GET");
  }

  /** Handles POST. */
  protected void post(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    throw ClientErrorException.methodNotAllowed("POST");
  }

  /** Handles PUT. */
  protected void put(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    throw ClientErrorException.methodNotAllowed("PUT");
  }

  /** Handles PATCH. */
  protected void patch(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    throw ClientErrorException.methodNotAllowed("PATCH");
  }

  /** Handles DELETE. */
  protected void delete(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    throw ClientErrorException.methodNotAllowed("DELETE");
  }

  /** Sends an error response; pages leave it to the container. */
  protected void refuse(HttpServletResponse response, ClientErrorException refusal)
      throws IOException {
    response.sendError(refusal.status(), refusal.getMessage());
  }

  /** Forwards the request to a page under {@code /WEB-INF/jsp}. */
  protected static void show(String jsp, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/WEB-INF/jsp/" + jsp).forward(request, response);
  }

  /** Redirects to a path of the application; the session, which is part of addresses, stays. */
  protected static void redirect(
      HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
    response.sendRedirect(response.encodeRedirectURL(request.getContextPath() + path));
  }

  private void dispatch(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    String method = request.getMethod();
    List<String> supported = methods(request);
    if (!supported.contains(method)) {
      response.setHeader("Allow", String.join(", ", supported));
      throw ClientErrorException.methodNotAllowed(method);
    }
    switch (method) {
      case "POST" -> post(request, response);
      case "PUT" -> put(request, response);
      case "PATCH" -> patch(request, response);
      case "DELETE" -> delete(request, response);
      default -> get(request, response);
    }
  }
}
