package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps JSON documents by their path. */
public class Records extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, byte[]> records = new ConcurrentHashMap<>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] record = records.get(request.getRequestURI());
    if (record == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else {
      response.setContentType("application/json");
      response.getOutputStream().write(record);
    }
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] replaced = records.put(request.getRequestURI(), body(request));
    response.setStatus(
        replaced == null ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_NO_CONTENT);
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
    records.remove(request.getRequestURI());
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    InputStream in = request.getInputStream();
    byte[] part = new byte[1024];
    for (int length = in.read(part); length >= 0; length = in.read(part)) {
      body.write(part, 0, length);
    }
    return body.toByteArray();
  }
}
