package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages behind a filter that forwards ({@code /r/42} to {@code /record?id=42}), whose rule names
 * the address of the read as the application has it, and that alone.
 */
@Tag("container")
class ForwardedFormTest {

  private final FilterServer server = new FilterServer();
  private final Map<String, String> records = new ConcurrentHashMap<>(Map.of("42", "start"));
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String action = "";
  private volatile boolean creating;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/app/r/42", "42", "../r/42"})
  void changeMadeElsewhereIsFoundAtTheAddressOfTheRead(String leadingTo) throws Exception {
    action = leadingTo;
    start("\"FORWARD\"");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/r/42");
    assertNotNull(form.token());
    records.put("42", "by a job");
    asked.clear();
    HttpResponse<String> late = form.with("name", "mine").send();
    assertEquals(List.of("id=42"), asked);
    assertEquals(412, late.statusCode());
    assertTrue(late.body().contains("by a job"), late.body());
    FormUser.Filled merged = ada.filled("/r/42", late.body());
    assertEquals(302, merged.with("name", "merged").send().statusCode());
    assertEquals("merged", records.get("42"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/app/r/42", "42"})
  void unchangedRecordIsSaved(String leadingTo) throws Exception {
    action = leadingTo;
    start("[\"REQUEST\", \"FORWARD\"]");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/r/42");
    assertEquals(302, form.with("name", "mine").send().statusCode());
    assertEquals("mine", records.get("42"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordThatIsGoneIsNotSaved(boolean showsAnotherForm) throws Exception {
    start("[\"REQUEST\", \"FORWARD\"]");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/r/42");
    records.remove("42");
    creating = showsAnotherForm;
    assertEquals(412, form.with("name", "mine").send().statusCode());
    assertTrue(records.isEmpty());
  }

  private void start(String dispatch) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/record?id={id}",
              "write": ["POST /r/{id}", "POST /record?id={id}"], "dispatch": %s,
              "tag": "form", "allowInternalGet": true}]}
            """
                .formatted(dispatch))
        .filter(new RewritingFilter())
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/record", this::serve)
        .withDefaultServlet()
        .start();
  }

  private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String id = request.getParameter("id");
    if (request.getMethod().equals("POST")) {
      records.put(id, request.getParameter("name"));
      response.sendRedirect("/app/done");
      return;
    }
    asked.add("id=" + id);
    String name = records.get(id);
    if (name == null && !creating) {
      response.sendError(404);
      return;
    }
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .printf(
            "<title>t</title><form method=post action='%s'><input name=name value='%s'></form>",
            name == null ? "/app/create" : action, name == null ? "" : name);
  }
}
