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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the page is read that a save is compared with. */
@Tag("container")
class AskedAddressTest {

  private final FilterServer server = new FilterServer();
  private final Map<String, String> records = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void keyInTheQueryHereAndInTheBodyThere() throws Exception {
    start("\"/edit?id={id}\"", "\"POST /edit?form.id={id}\"", "edit");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    records.put("7", "by a job");
    asked.clear();
    HttpResponse<String> answer = form.with("name", "A").send();
    assertEquals(412, answer.statusCode());
    assertEquals(List.of("/edit?id=7"), asked);
    assertTrue(answer.body().contains("by a job"), answer.body());
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").send().statusCode());
  }

  @Test
  void keyInTheBodyIsAskedForAndNotThatOfTheQuery() throws Exception {
    start("\"/edit?query.id={id}\"", "\"POST /edit?form.id={id}\"", "edit?id=8");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    asked.clear();
    assertEquals(302, form.with("name", "A").send().statusCode());
    assertEquals(List.of("/edit?id=7"), asked);
  }

  @Test
  void constantOfTheReadPatternIsPartOfTheAddress() throws Exception {
    start("\"/edit?do=show&id={id}\"", "\"POST /edit?do=save&id={id}\"", "edit?do=save");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?do=show&id=7");
    records.put("7", "by a job");
    asked.clear();
    assertEquals(412, form.with("name", "A").send().statusCode());
    assertEquals(List.of("/edit?do=show&id=7"), asked);
  }

  @Test
  void ofSeveralPagesTheOneIsAskedThatHasServedTheForm() throws Exception {
    start("[\"/view?id={id}\", \"/edit?id={id}\"]", "\"POST /save?form.id={id}\"", "save");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    records.put("7", "by a job");
    asked.clear();
    assertEquals(412, form.with("name", "A").send().statusCode());
    assertEquals(List.of("/edit?id=7"), asked);
  }

  @Test
  void formThatLeadsToItsOwnPageIsFoundThere() throws Exception {
    start("\"/edit?id={id}\"", "\"POST /edit?id={id}\"", "");
    FormUser ada = FormUser.loggedIn(server);
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").send().statusCode());
    FormUser.Filled form = ada.open("/edit?id=7");
    records.put("7", "by a job");
    assertEquals(412, form.with("name", "B").send().statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "id, id, ''",
    "id, id, ?id=7",
    "id, form.id, ''",
    "id, query.id, ?id=7",
    "query.id, id, ''",
    "query.id, form.id, ''",
    "query.id, query.id, ?id=7"
  })
  void oneParameterInEitherPlaceNeedsOneRule(String inRead, String inWrite, String query)
      throws Exception {
    for (String path : List.of("edit", "save")) {
      FilterServer own = new FilterServer();
      try (own) {
        start(
            own,
            "\"/edit?" + inRead + "={id}\"",
            "\"POST /" + path + "?" + inWrite + "={id}\"",
            path + query);
        FormUser ada = FormUser.loggedIn(own);
        FormUser.Filled form = ada.open("/edit?id=7");
        assertNotNull(form.token(), "no token");
        records.put("7", "by a job");
        asked.clear();
        HttpResponse<String> late = form.with("name", "A").send();
        assertEquals(412, late.statusCode(), path);
        assertEquals(List.of("/edit?id=7"), asked, path);
        assertTrue(late.body().contains("by a job"), late.body());
        assertEquals(302, ada.open("/edit?id=7").with("name", "B").send().statusCode(), path);
      }
    }
  }

  @Test
  void keyInTheBodyHereAndInTheQueryThere() throws Exception {
    start("\"POST /edit?form.id={id}&form.do=show\"", "\"POST /save?query.id={id}\"", "save?id=7");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.filled("/edit", ada.post("/edit", "id=7&do=show").body());
    assertNotNull(form.token());
    records.put("7", "by a job");
    asked.clear();
    assertEquals(412, form.with("name", "A").send().statusCode());
    assertEquals(List.of("/edit?id=7&do=show"), asked);
    assertEquals("by a job", records.get("7"));
  }

  private void start(String read, String write, String action) throws Exception {
    start(server, read, write, action);
  }

  private void start(FilterServer at, String read, String write, String action) throws Exception {
    records.put("7", "start");
    at.rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": %s, "write": %s,
              "tag": "form", "allowInternalGet": true}]}
            """
                .formatted(read, write))
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> serve(request, response, action))
        .handle("/view", (request, response) -> asked.add("/view?" + request.getQueryString()))
        .handle("/save", (request, response) -> serve(request, response, action))
        .start();
  }

  private void serve(HttpServletRequest request, HttpServletResponse response, String action)
      throws IOException {
    if (request.getMethod().equals("POST") && !"show".equals(request.getParameter("do"))) {
      records.put("7", request.getParameter("name"));
      response.sendRedirect("done");
      return;
    }
    asked.add("/edit?" + request.getQueryString());
    response.setContentType("text/html;charset=UTF-8");
    String id = request.getParameter("id");
    response
        .getWriter()
        .print(
            "<form action='"
                + action
                + "' method=post><input type=hidden name=id value="
                + id
                + "><input name=name value='"
                + records.get(id == null ? "" : id)
                + "'></form>");
  }
}
