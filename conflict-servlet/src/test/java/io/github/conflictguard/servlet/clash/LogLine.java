package io.github.conflictguard.servlet.clash;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application's own log. */
public final class LogLine extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LogLine.class);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Library.name(response, LoggerFactory.class);
    LOG.info("told by {}", request.getContextPath());
    response.getWriter().print(LOG.getClass().getName());
  }
}
