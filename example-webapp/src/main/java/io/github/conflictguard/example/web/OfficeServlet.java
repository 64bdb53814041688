package io.github.conflictguard.example.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * What every servlet of the office has in common: one handler for each method, PATCH included, and
 * one place where refusals become answers.
 *
 * <p>A subclass names the methods that it supports and overrides their handlers. What the database
 * objects to leaves the servlet as a {@link ServletException}.
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

  /** The methods that the address of the request supports. */
  protected List<String> methods(HttpServletRequest request) {
    return methods;
  }

  /** Handles GET, and HEAD as well: the container leaves the body out. */
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

  /** Answers a refusal; pages leave it to the container. */
  protected void refuse(HttpServletResponse response, ClientErrorException refusal)
      throws IOException {
    response.sendError(refusal.status(), refusal.getMessage());
  }

  /** Hands the request over to a page under {@code /WEB-INF/jsp}. */
  protected static void show(String jsp, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/WEB-INF/jsp/" + jsp).forward(request, response);
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
