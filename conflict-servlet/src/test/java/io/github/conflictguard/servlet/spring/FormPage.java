package io.github.conflictguard.servlet.spring;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page as a JSP writes it. */
public class FormPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().write("<form method='post' action='/save'>");
    response.getWriter().write("<input name='name' value='\u20ac'></form>");
  }
}
