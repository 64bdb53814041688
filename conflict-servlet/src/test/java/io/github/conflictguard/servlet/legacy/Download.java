package io.github.conflictguard.servlet.legacy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends as many bytes as one likes, without saying beforehand how many there will be. */
public final class Download extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/octet-stream");
    byte[] part = new byte[8192];
    long left = Long.parseLong(request.getParameter("bytes"));
    while (left > 0) {
      int length = (int) Math.min(left, part.length);
      response.getOutputStream().write(part, 0, length);
      left -= length;
    }
  }
}
