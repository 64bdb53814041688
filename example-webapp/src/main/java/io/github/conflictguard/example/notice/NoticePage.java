package io.github.conflictguard.example.notice;

import io.github.conflictguard.example.web.ClientErrorException;
import io.github.conflictguard.example.web.Form;
import io.github.conflictguard.example.web.Json;
import io.github.conflictguard.example.web.OfficeServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/**
 * {@code /notices/{name}}: a page of the notice board. Its form is submitted to the page itself;
 * programs use PUT, PATCH and DELETE with a JSON body.
 */
public final class NoticePage extends OfficeServlet {

  private Notices notices;

  public NoticePage() {
    super("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  }

  @Override
  public void init() {
    notices = Shared.get(getServletContext(), Notices.class);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    request.setAttribute("name", name(request));
    request.setAttribute("text", notices.get(name(request)));
    show("notice.jsp", request, response);
  }

  @Override
  @ConflictGuarded
  protected void post(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    notices.put(name(request), required(Form.text(request, "text")));
    response.sendRedirect(request.getRequestURI());
  }

  @Override
  @ConflictGuarded
  protected void put(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    notices.put(name(request), required(Json.read(request).text("text")));
  }

  @Override
  @ConflictGuarded
  protected void patch(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    notices.change(name(request), required(Json.read(request).text("text")));
  }

  @Override
  @ConflictGuarded
  protected void delete(HttpServletRequest request, HttpServletResponse response)
      throws SQLException {
    notices.remove(name(request));
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static String name(HttpServletRequest request) {
    String path = request.getPathInfo();
    if (path == null || path.length() < 2) {
      throw ClientErrorException.notFound("there is nothing at this address");
    }
    return path.substring(1);
  }

  private static String required(String text) {
    if (text == null) {
      throw ClientErrorException.badRequest("text is missing");
    }
    return text;
  }
}
