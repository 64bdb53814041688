package io.github.conflictguard.servlet.explanation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An application with an API and forms for customers, and its users. The header {@code User} stands
 * for a login.
 */
final class CustomerOffice implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MONITOR_TOKEN = "the-token-of-this-test-only";

  final FilterServer server = new FilterServer();
  final List<ConflictEvent> conflicts = new CopyOnWriteArrayList<>();
  final List<LostUpdateEvent> lost = new CopyOnWriteArrayList<>();
  final List<LockWaitEvent> waits = new CopyOnWriteArrayList<>();
  final Map<String, ObjectNode> records = new ConcurrentHashMap<>();
  volatile @Nullable CountDownLatch arrived;
  volatile @Nullable CountDownLatch released;

  static String rules(String mode) {
    return """
        {"rules": [
          {"name": "customers", "key": "customer/{id}", "read": "/customers/{id}",
           "write": "/customers/{id}", "tag": "body", "allowInternalGet": true, "mode": "%1$s"},
          {"name": "moves", "key": "customer/{id}", "read": "/customers/{id}",
           "write": "POST /moves/{id}", "tag": "body", "allowInternalGet": true, "mode": "%1$s"},
          {"name": "forms", "key": "record/{id}", "read": "/edit?id={id}",
           "write": "POST /save?form.id={id}", "tag": "form", "forms": true, "mode": "%1$s"}
        ]}
        """
        .formatted(mode);
  }

  CustomerOffice start(String mode, String... settings) throws Exception {
    Map<String, String> params = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      params.put(settings[i], settings[i + 1]);
    }
    server
        .attribute(ConflictFilter.LISTENERS, listener())
        .filter(
            (request, response, chain) ->
                chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                      @Override
                      public String getRemoteUser() {
                        return getHeader("User");
                      }
                    },
                    response))
        .handle("/customers/*", this::customer)
        .handle("/moves/*", this::customer)
        .handle("/edit", this::edit)
        .handle("/save", this::save)
        .handle("/login", (request, response) -> request.getSession().setAttribute("a", 1))
        .withDefaultServlet()
        .rules(rules(mode))
        .filter(new ConflictFilter(), params)
        .start();
    return this;
  }

  CustomerOffice startMonitored(String mode, String... more) throws Exception {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.addAll(List.of("monitor", "token", "monitorToken", MONITOR_TOKEN));
    return start(mode, settings.toArray(new String[0]));
  }

  private ConflictListener listener() {
    return new ConflictListener() {
      @Override
      public void onConflict(ConflictEvent event) {
        conflicts.add(event);
      }

      @Override
      public void onLostUpdate(LostUpdateEvent event) {
        lost.add(event);
      }

      @Override
      public void onLockWait(LockWaitEvent event) {
        waits.add(event);
      }
    };
  }

  private void customer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String id = request.getPathInfo();
    ObjectNode record =
        records.computeIfAbsent(
            id, any -> JSON.createObjectNode().put("city", "Bonn").put("phone", "1"));
    if (request.getMethod().equals("GET")) {
      response.setContentType("application/json");
      ObjectNode shown = record.deepCopy();
      shown.remove("secret");
      response.getWriter().write(shown.toString());
      return;
    }
    byte[] body = request.getInputStream().readAllBytes();
    if (request.getHeader("Wait") != null) {
      arrived.countDown();
      await(released);
    }
    ObjectNode sent = (ObjectNode) JSON.readTree(body);
    if (request.getMethod().equals("PATCH")) {
      ObjectNode merged = record.deepCopy();
      merged.setAll(sent);
      records.put(id, merged);
    } else {
      records.put(id, sent);
    }
    response.setStatus(204);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String id = request.getParameter("id");
    ObjectNode record =
        records.computeIfAbsent(
            id, any -> JSON.createObjectNode().put("city", "Bonn").put("phone", "1"));
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<!DOCTYPE html><title>t</title><form method=post action=save>"
                + "<input type=hidden name=id value="
                + id
                + "><input name=city value=\""
                + record.get("city").asText()
                + "\"><input name=phone value=\""
                + record.get("phone").asText()
                + "\"><button name=do value=it>Save</button></form>");
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    records.put(
        request.getParameter("id"),
        JSON.createObjectNode()
            .put("city", request.getParameter("city"))
            .put("phone", request.getParameter("phone")));
    response.sendRedirect("/app/done");
  }

  /** Reads a customer and returns its tag. */
  String read(String user, String path) throws Exception {
    return server.send("GET", path, user(user)).headers().firstValue("ETag").orElseThrow();
  }

  HttpResponse<String> write(
      String user, String method, String path, String body, String tag, String... more)
      throws Exception {
    List<String> headers = new ArrayList<>(List.of(user(user)));
    headers.addAll(List.of(more));
    headers.addAll(List.of("Content-Type", "application/json"));
    if (tag != null) {
      headers.addAll(List.of("If-Match", tag));
    }
    return server.sendBody(method, path, body, headers.toArray(new String[0]));
  }

  private static String[] user(String name) {
    return name == null ? new String[] {"Accept", "*/*"} : new String[] {"User", name};
  }

  ConflictEvent last() throws Exception {
    server.awaitIdle();
    return conflicts.get(conflicts.size() - 1);
  }

  JsonNode monitor(String page) throws Exception {
    server.awaitIdle();
    HttpResponse<String> answer =
        server.send(
            "GET",
            "/conflict-guard/" + page + "?format=json",
            "Authorization",
            "Bearer " + MONITOR_TOKEN);
    return JSON.readTree(answer.body());
  }

  static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  /** Starts a session and returns its cookie. */
  String login() throws Exception {
    return server
        .send("GET", "/login")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split(";")[0];
  }

  Page open(String cookie, String id) throws Exception {
    String[] headers = cookie == null ? new String[0] : new String[] {"Cookie", cookie};
    return new Page(server.send("GET", "/edit?id=" + id, headers).body(), cookie);
  }

  @Override
  public void close() throws Exception {
    server.close();
  }

  /** A page as a browser shows it. */
  final class Page {

    private final String html;
    private final String cookie;

    Page(String html, String cookie) {
      this.html = html;
      this.cookie = cookie;
    }

    HttpResponse<String> save(String city, String phone, String... more) throws Exception {
      Map<String, String> fields = new LinkedHashMap<>();
      for (FormField field : HtmlForms.read(html).get(0).fields()) {
        if (field.kind() != FieldKind.SUBMIT) {
          fields.put(field.name(), field.values().get(0));
        }
      }
      fields.put("city", city);
      fields.put("phone", phone);
      fields.put("do", "it");
      StringBuilder body = new StringBuilder();
      fields.forEach(
          (name, value) ->
              body.append(body.isEmpty() ? "" : "&")
                  .append(name)
                  .append('=')
                  .append(URLEncoder.encode(value, UTF_8)));
      List<String> headers =
          new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
      headers.addAll(List.of(more));
      if (cookie != null) {
        headers.addAll(List.of("Cookie", cookie));
      }
      HttpResponse<String> answer =
          server.sendBody("POST", "/save", body.toString(), headers.toArray(new String[0]));
      // Listeners are notified after the response.
      server.awaitIdle();
      return answer;
    }
  }
}
