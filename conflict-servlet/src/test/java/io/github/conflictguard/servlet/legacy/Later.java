package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers from another thread, or has another servlet do so. */
public final class Later extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    String path = request.getParameter("dispatch");
    async.start(
        () -> {
          if (path == null) {
            answer(async);
          } else {
            async.dispatch(path);
          }
        });
  }

  private static void answer(AsyncContext async) {
    try {
      async.getResponse().setContentType("application/json");
      async.getResponse().getWriter().print("{\"answered\":\"later\"}");
      async.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
