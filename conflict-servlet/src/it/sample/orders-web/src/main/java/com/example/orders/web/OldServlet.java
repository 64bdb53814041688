package com.example.orders.web;

import com.example.orders.domain.Trace;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** A servlet of the years before Spring. The annotation means its doPost. */
@WebServlet("/old")
@ConflictGuarded(retry = @Retry(backoffMillis = 1))
public class OldServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Trace.note("doPost");
    response.getWriter().write("attempt " + Trace.count("doPost"));
    if (Trace.count("doPost") <= Integer.parseInt(request.getParameter("failures"))) {
      throw new ServletException(new SQLException("deadlock", "40001"));
    }
  }
}
