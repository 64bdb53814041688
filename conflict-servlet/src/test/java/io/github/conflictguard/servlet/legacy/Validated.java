package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** A page with validators of its own that nobody judges: flushed, or longer than is held. */
public class Validated extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final long TEN = 1_577_872_800_000L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("ETag", "\"v1\"");
    response.setDateHeader("Last-Modified", TEN);
    response.setContentType("text/html;charset=UTF-8");
    PrintWriter page = response.getWriter();
    page.print("<p>");
    if (request.getParameter("flush") != null) {
      response.flushBuffer();
    }
    int length = request.getParameter("long") == null ? 1 : 1_300_000;
    for (int i = 0; i < length; i++) {
      page.print('x');
    }
    page.print("</p>");
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(204);
  }
}
