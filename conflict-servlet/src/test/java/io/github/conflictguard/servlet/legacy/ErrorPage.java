package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says sorry, in the application's own way. */
public final class ErrorPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<p>Sorry: "
                + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)
                + " for "
                + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
                + "</p>");
  }
}
