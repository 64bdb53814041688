package io.github.conflictguard.example.account;

import io.github.conflictguard.example.web.OfficeServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /clients}: a client in the browser, and the source of those in Python and PHP. */
public final class ClientsPage extends OfficeServlet {

  public ClientsPage() {
    super("GET", "HEAD");
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("Python", source("client.py"));
    sources.put("PHP", source("client.php"));
    request.setAttribute("sources", sources);
    show("clients.jsp", request, response);
  }

  private String source(String file) throws IOException {
    try (InputStream in = getServletContext().getResourceAsStream("/WEB-INF/clients/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
