package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A save from the page that answers 428 is judged and merged like any other one. */
@Tag("container")
class MissingTokenTest {

  private static final String BODY = "id=7&name=typed&note=";

  private final FilterServer server = new FilterServer();
  private final Map<String, String> records = new ConcurrentHashMap<>();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void whereTheApplicationMayBeAskedThePageComparesAndItsSaveIsJudged() throws Exception {
    start("\"tag\": \"form\", \"required\": \"token\", \"allowInternalGet\": true");
    FormUser ada = FormUser.loggedIn(server);
    ada.get("/edit?id=7");
    records.put("name", "by a job");
    FormUser.Filled page = refused(ada);
    assertTrue(ada.post("/save", BODY).body().contains("by a job"));
    assertEquals(302, page.with("name", "chosen").send().statusCode());
    assertEquals("chosen", records.get("name"));

    FormUser.Filled older = refused(ada);
    FormUser grace = FormUser.loggedIn(server);
    assertEquals(302, grace.open("/edit?id=7").with("name", "of Grace").send().statusCode());
    HttpResponse<String> late = older.with("name", "mine").send();
    assertEquals(412, late.statusCode());
    assertTrue(late.body().contains("of Grace"), late.body());
    FormUser.Filled merged = ada.filled("/save", late.body());
    assertEquals(302, merged.with("name", "merged").send().statusCode());
    assertEquals("merged", records.get("name"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pageThatTheSessionIsShownSinceIsCompared(boolean ask) throws Exception {
    start("\"tag\": \"form\", \"required\": true, \"allowInternalGet\": " + ask);
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled page = refused(ada);
    records.put("name", "by a job");
    assertEquals(412, page.send().statusCode());
    assertEquals("by a job", records.get("name"));

    ada.get("/edit?id=7");
    HttpResponse<String> compared = page.send();
    assertEquals(412, compared.statusCode());
    assertTrue(compared.body().contains("by a job"), compared.body());
    FormUser.Filled merged = ada.filled("/save", compared.body());
    assertEquals(302, merged.with("name", "merged").send().statusCode());
    assertEquals("merged", records.get("name"));
  }

  @Test
  void whereTheSessionKnowsThePageItIsTheBase() throws Exception {
    start("\"tag\": \"form\", \"required\": \"token\"");
    FormUser ada = FormUser.loggedIn(server);
    ada.get("/edit?id=7");
    assertEquals(302, refused(ada).with("name", "mine").send().statusCode());
    ada.get("/edit?id=7");
    FormUser.Filled older = refused(ada);
    FormUser grace = FormUser.loggedIn(server);
    assertEquals(302, grace.open("/edit?id=7").with("note", "of Grace").send().statusCode());
    HttpResponse<String> late = older.with("name", "mine, again").send();
    assertEquals(412, late.statusCode());
    assertEquals("mine", records.get("name"));
    assertEquals("of Grace", records.get("note"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "application"})
  void tokenThatNobodyHasIssuedIsNoneWhereNothingElseIsJudged(String source) throws Exception {
    start("\"tag\": \"" + source + "\", \"required\": \"token\", \"forms\": true");
    FormUser ada = FormUser.loggedIn(server);
    assertEquals(428, ada.post("/save", BODY + "&_conflictguard=x").statusCode());
    assertEquals("start", records.get("name"));
    FormUser.Filled again = refused(ada);
    assertEquals(302, again.send().statusCode());
    assertEquals("typed", records.get("name"));
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").send().statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"forms\": {\"conflictPage\": \"/own\"}"})
  void pageThatTellsOfAConflictIsNoPageOfTheApplication(String more) throws Exception {
    start("\"tag\": \"form\"" + more);
    FormUser ada = FormUser.anonymous(server);
    HttpResponse<String> answer = ada.post("/save", BODY.replace("typed", "duplicate"));
    assertEquals(409, answer.statusCode());
    assertTrue(answer.body().contains("<form"), answer.body());
    assertFalse(answer.body().contains("_conflictguard\""), answer.body());
    assertNotNull(ada.open("/edit?id=7").token());
  }

  /** Sends what was typed on a page that the guard has never seen. */
  private static FormUser.Filled refused(FormUser user) throws Exception {
    HttpResponse<String> answer = user.post("/save", BODY);
    assertEquals(428, answer.statusCode());
    assertTrue(answer.body().contains("typed"), answer.body());
    return user.filled("/save", answer.body()).with("name", "typed").with("note", "");
  }

  private void start(String rule) throws Exception {
    records.putAll(Map.of("name", "start", "note", ""));
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
              "write": "POST /save?form.id={id:number}", %s}]}
            """
                .formatted(rule))
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> show(response))
        .handle("/own", (request, response) -> show(response))
        .handle("/save", this::save)
        .start();
  }

  private void show(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .printf(
            "<!DOCTYPE html><title>t</title><form method=post action=save><input type=hidden"
                + " name=id value=7><input name=name value='%s'><input name=note value='%s'>"
                + "<button>Save</button></form>",
            records.get("name"), records.get("note"));
  }

  private void save(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if ("duplicate".equals(request.getParameter("name"))) {
      throw new ServletException(new SQLException("m", "23505"));
    }
    records.put("name", request.getParameter("name"));
    records.put("note", request.getParameter("note"));
    response.sendRedirect("done");
  }
}
