package io.github.conflictguard.servlet.console;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An application with a monitor: orders that are protected, notes that are observed, and customers
 * whose names are unique. The headers {@code User} and {@code Role} stand for a login.
 */
final class MonitoredOffice implements AutoCloseable {

  static final String TOKEN = "the-token-of-this-test-only";
  static final String RULES =
      """
      {"rules": [
        {"name": "orders", "key": "order/{id}", "read": "/orders/{id}", "write": "/orders/{id}",
         "tag": "body", "allowInternalGet": true},
        {"name": "notes", "key": "note/{id}", "read": "/notes/{id}", "write": "/notes/{id}",
         "tag": "body", "allowInternalGet": true, "mode": "observe"}
      ]}
      """;

  final FilterServer server = new FilterServer();
  private final Map<String, String> records = new ConcurrentHashMap<>();

  MonitoredOffice start(String... settings) throws Exception {
    return startWith(RULES, settings);
  }

  MonitoredOffice startWith(String rules, String... settings) throws Exception {
    Map<String, String> params = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      params.put(settings[i], settings[i + 1]);
    }
    application(server).rules(rules).filter(new ConflictFilter(), params).start();
    return this;
  }

  MonitoredOffice startWithToken(String... more) throws Exception {
    String[] settings = new String[more.length + 4];
    System.arraycopy(more, 0, settings, 0, more.length);
    settings[more.length] = "monitor";
    settings[more.length + 1] = "token";
    settings[more.length + 2] = "monitorToken";
    settings[more.length + 3] = TOKEN;
    return start(settings);
  }

  /** Adds the application to a server, with a login in front. */
  FilterServer application(FilterServer to) {
    return to.filter(login())
        .handle("/orders/*", this::record)
        .handle("/notes/*", this::record)
        .handle(
            "/customers",
            (request, response) -> {
              throw new SQLException("duplicate key of jane@secret.example", "23505");
            })
        .withDefaultServlet();
  }

  private static Filter login() {
    return (request, response, chain) ->
        chain.doFilter(
            new HttpServletRequestWrapper((HttpServletRequest) request) {
              @Override
              public String getRemoteUser() {
                String user = getHeader("User");
                return user == null
                    ? null
                    : new String(
                        user.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
              }

              @Override
              public boolean isUserInRole(String role) {
                return role.equals(getHeader("Role"));
              }
            },
            response);
  }

  private void record(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String id = request.getServletPath() + request.getPathInfo();
    if (request.getMethod().equals("GET")) {
      response.setContentType("application/json");
      response.getWriter().write(records.getOrDefault(id, "{\"city\":\"secret-start\"}"));
    } else {
      records.put(id, new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      response.setStatus(204);
    }
  }

  /** Lets the second of two users save over the version of the first one. */
  HttpResponse<String> collide(String path, String loser, String winner) throws Exception {
    String tag = read(path, loser);
    server.sendBody("PUT", path, json("Vienna"), "User", winner);
    return server.sendBody("PUT", path, json("Graz"), "If-Match", tag, "User", loser);
  }

  private static String json(String city) {
    return "{\"city\":\"secret-" + city + System.nanoTime() + "\"}";
  }

  private String read(String path, String user) throws Exception {
    return server
        .send("GET", path, "User", user)
        .headers()
        .firstValue("ETag")
        .orElse("\"unknown\"");
  }

  /** Sends GET with the token. */
  HttpResponse<String> get(String page, String... headers) throws Exception {
    return server.send(
        "GET", "/conflict-guard/" + page, with(headers, "Authorization", "Bearer " + TOKEN));
  }

  /** Signs in and returns the cookie. */
  String signIn() throws Exception {
    HttpResponse<String> answer = signIn(TOKEN);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  HttpResponse<String> signIn(String token) throws Exception {
    return post("sign-in", "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
  }

  HttpResponse<String> post(String page, String form, String... headers) throws Exception {
    return server.sendBody(
        "POST",
        "/conflict-guard/" + page,
        form,
        with(headers, "Content-Type", "application/x-www-form-urlencoded"));
  }

  /** Returns the token that the forms of a page contain. */
  String formToken(String page, String... headers) throws Exception {
    String html = server.send("GET", "/conflict-guard/" + page, headers).body();
    int at = html.indexOf("name=\"formToken\" value=\"");
    if (at < 0) {
      throw new AssertionError("No form in " + html);
    }
    int start = at + "name=\"formToken\" value=\"".length();
    return html.substring(start, html.indexOf('"', start));
  }

  /** Adds a header unless it is there. */
  private static String[] with(String[] headers, String name, String value) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        return headers;
      }
    }
    String[] more = new String[headers.length + 2];
    System.arraycopy(headers, 0, more, 0, headers.length);
    more[headers.length] = name;
    more[headers.length + 1] = value;
    return more;
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
