package io.github.conflictguard.servlet.rewritten;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;

/** Keeps one text, and answers {@code there} to those who ask for no record. */
public class Record extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private volatile String text = "{}";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response.getWriter().write(request.getParameter("id") == null ? "there" : text);
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (BufferedReader body = request.getReader()) {
      text = body.readLine();
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
