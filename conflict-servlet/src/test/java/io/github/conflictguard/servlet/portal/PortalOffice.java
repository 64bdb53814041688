package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** An application with rules of several shapes. The header {@code Role} stands for a login. */
final class PortalOffice implements AutoCloseable {

  static final String TOKEN = "the-token-of-this-test-only";
  static final String BASE = "https://office.example/app/conflict-guard/problems/";
  static final String RULES =
      """
      {"rules": [
        {"name": "secret orders", "key": "order/{id}", "read": "/orders/{id:number}",
         "write": "/orders/{id:number}", "tag": "body", "required": true,
         "idempotencyKey": "accepted"},
        {"name": "bookings", "read": "/bookings", "write": "POST /bookings", "tag": "none",
         "forms": false, "idempotencyKey": "required"},
        {"name": "ships", "read": "/orders/{order}/state", "write": ["POST /orders/{id}/state?a=ship",
         "POST /orders/{id}/state?a=return", "MOVE /orders/{id}/state"], "tag": "none",
         "forms": false},
        {"name": "files", "read": "/files/{rest}/*", "write": "PUT|DELETE /files/{rest}/*",
         "tag": "none"},
        {"name": "form", "key": "form/{id}", "read": "/form?id={id}",
         "write": "POST /form?form.id={id}", "tag": "form"},
        {"name": "notes", "read": "/notes/{id}", "write": "/notes/{id}", "tag": "body",
         "mode": "observe", "idempotencyKey": "required"},
        {"name": "left out", "read": "/open/{id}", "write": "/open/{id}", "mode": "off"}
      ]}
      """;

  final FilterServer server = new FilterServer();

  PortalOffice start(String... settings) throws Exception {
    return startWith(RULES, settings);
  }

  PortalOffice startWith(String rules, String... settings) throws Exception {
    Map<String, String> params = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      params.put(settings[i], settings[i + 1]);
    }
    application(server).rules(rules).filter(new ConflictFilter(), params).start();
    return this;
  }

  static FilterServer application(FilterServer to) {
    return to.filter(login()).withDefaultServlet();
  }

  private static Filter login() {
    return (request, response, chain) ->
        chain.doFilter(
            new HttpServletRequestWrapper((HttpServletRequest) request) {
              @Override
              public boolean isUserInRole(String role) {
                return role.equals(getHeader("Role"));
              }
            },
            response);
  }

  HttpResponse<String> get(String page, String... headers) throws Exception {
    return server.send("GET", "/conflict-guard/" + page, headers);
  }

  static String header(HttpResponse<String> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
