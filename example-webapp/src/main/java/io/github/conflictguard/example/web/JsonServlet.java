package io.github.conflictguard.example.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** A servlet of the JSON API, which sends errors as JSON too. */
public class JsonServlet extends OfficeServlet {

  protected JsonServlet(String... methods) {
    super(methods);
  }

  @Override
  protected final void refuse(HttpServletResponse response, ClientErrorException refusal)
      throws IOException {
    Json.send(response, refusal.status(), Map.of("error", refusal.getMessage()));
  }
}
