package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that need the token of a page itself, and pages that no rule reads. */
@Tag("container")
class RequiredTokenTest {

  private final FilterServer server = new FilterServer();
  private final AtomicInteger deleted = new AtomicInteger();
  private final AtomicInteger saved = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void linkInAMailDeletesNothingAlthoughTheSessionOnceSawThePage() throws Exception {
    start("\"token\"");
    FormUser ada = FormUser.loggedIn(server);
    String page = ada.get("/edit?id=7").body();
    assertEquals(428, ada.get("/delete?id=7").statusCode());
    assertEquals(428, ada.post("/save", "id=7&name=x").statusCode());
    assertEquals(0, deleted.get() + saved.get());
    Matcher link = Pattern.compile("href='(delete[^']+)'").matcher(page);
    assertTrue(link.find(), page);
    assertEquals(302, ada.get("/" + link.group(1).replace("&amp;", "&")).statusCode());
    assertEquals(302, ada.open("/edit?id=7").send().statusCode());
    assertEquals(1, deleted.get());
    assertEquals(1, saved.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "\"token\""})
  void formOnAPageThatNoRuleReadsGetsATokenByTheRuleOfItsTarget(String required) throws Exception {
    start(required);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.anonymous(server);
    FormUser.Filled older = bob.open("/wizard");
    assertEquals(302, ada.open("/wizard").with("name", "A").send().statusCode());
    assertEquals(412, older.with("name", "B").send().statusCode());
    assertEquals(1, saved.get());
  }

  @Test
  void pageThatAnswersAPostThatNoRuleNamesIsCompletedToo() throws Exception {
    start("true");
    FormUser ada = FormUser.anonymous(server);
    FormUser.Filled form = ada.filled("/wizard", ada.post("/wizard", "step=2").body());
    assertEquals(302, form.with("name", "A").send().statusCode());
  }

  @Test
  void pageThatLeadsToNoSuchWriteStaysAsItIs() throws Exception {
    start("true");
    var answer = FormUser.anonymous(server).get("/other");
    assertEquals("<form action=none method=post></form>", answer.body());
  }

  private void start(String required) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id}",
              "write": ["POST /save?form.id={id}", "GET /delete?id={id}"], "tag": "form",
              "forms": {"links": true}, "required": %s}]}
            """
                .formatted(required))
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> show(response))
        .handle("/wizard", (request, response) -> show(response))
        .handle(
            "/other",
            (request, response) -> {
              response.setContentType("text/html");
              response.getWriter().print("<form action=none method=post></form>");
            })
        .handle(
            "/delete",
            (request, response) -> {
              deleted.incrementAndGet();
              response.sendRedirect("list");
            })
        .handle(
            "/save",
            (request, response) -> {
              saved.incrementAndGet();
              response.sendRedirect("edit?id=7");
            })
        .start();
  }

  private static void show(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<a href='delete?id=7'>Delete</a><form action=save method=post><input type=hidden"
                + " name=id value=7><input name=name></form>");
  }
}
