package io.github.conflictguard.servlet.container;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A servlet made of a lambda. */
final class HandlerServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Handler handler;

  HandlerServlet(Handler handler) {
    this.handler = handler;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    try {
      handler.handle(request, response);
    } catch (Throwable e) {
      throw HandlerServlet.<RuntimeException>undeclared(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T undeclared(Throwable e) throws T {
    throw (T) e;
  }
}
