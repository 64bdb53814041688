package io.github.conflictguard.servlet.clash;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A record that Jackson 3 reads and writes. */
public final class Jackson3Record extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient ObjectMapper mapper = new ObjectMapper();
  private transient volatile JsonNode record = mapper.createObjectNode();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Library.name(response, ObjectMapper.class);
    response.setContentType("application/json");
    mapper.writeValue(response.getOutputStream(), record);
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    record = mapper.readTree(request.getInputStream());
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
