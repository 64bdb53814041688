package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people are told when a form is refused: what is known to be true, and no more. */
@Tag("container")
class StaleCauseTest {

  private static final String RULE =
      """
      {"rules": [{"name": "r", "label": "Customer {id}", "key": "record/{id}",
        "read": "/edit?id={id:number}", "write": "POST /save?form.id={id:number}", "tag": "form"%s}]}
      """;

  private final FilterServer server = new FilterServer();
  private volatile String name = "start";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void thatSomebodyElseHasSavedIsToldWhereSomebodyHas() throws Exception {
    start("");
    String ada = login();
    String mine = edit(ada);
    String grace = login();
    assertEquals(302, save(edit(grace), grace, "theirs").statusCode());
    String page = refused(save(mine, ada, "mine"));
    assertTrue(page.contains("<h1>Another user saved this while you were editing</h1>"), page);
    assertTrue(page.contains("<p class=\"about\">Customer 7"), page);
  }

  @Test
  void ownSaveFromAnotherTabIsNotToldAsThatOfSomebodyElse() throws Exception {
    start("");
    String ada = login();
    String older = edit(ada);
    assertEquals(302, save(edit(ada), ada, "mine").statusCode());
    String page = refused(save(older, ada, "mine, too"));
    assertTrue(page.contains("<h1>You have saved this from another page"), page);
    assertFalse(page.matches("(?is).*(somebody|both of you).*"), page);
  }

  @Test
  void afterALostSessionThePageIsTooOldToBeChecked() throws Exception {
    start("");
    String mine = edit(login());
    HttpResponse<String> answer = save(mine, login(), "typed");
    String page = refused(answer);
    assertTrue(page.contains("<h1>Your page is too old to be checked</h1>"), page);
    assertFalse(page.matches("(?is).*(somebody|both of you).*"), page);
    assertTrue(page.contains("value=\"typed\""), page);
    assertTrue(page.contains("href=\"/app/edit?id=7\""), page);
  }

  @Test
  void afterARestartNobodyIsToldThatBothChangedAnything() throws Exception {
    start("");
    String mine = edit(login());
    StaleCauseTest restarted = new StaleCauseTest();
    restarted.start("");
    try {
      String page = refused(restarted.save(mine, restarted.login(), "typed"));
      assertTrue(page.contains("<h1>Your page is too old to be checked</h1>"), page);
      assertFalse(page.matches("(?is).*(somebody|both of you).*"), page);
      assertTrue(page.contains("value=\"typed\""), page);
    } finally {
      restarted.stop();
    }
  }

  @Test
  void aPageFromBeforeTheGuardKeepsWhatWasTypedAndOffersTheCurrentVersion() throws Exception {
    start(", \"required\": true");
    String before = page("7", "start");
    HttpResponse<String> answer = save(before, login(), "typed");
    assertEquals(428, answer.statusCode());
    assertTrue(answer.body().contains("value=\"typed\""), answer.body());
    assertTrue(answer.body().contains("href=\"/app/edit?id=7\""), answer.body());
    assertFalse(
        answer.body().matches("(?is).*(header|etag|if-match|precondition).*"), answer.body());
    String session = login();
    edit(session);
    assertEquals(302, save(before, session, "typed").statusCode());
    assertEquals("typed", name);
  }

  @Test
  void aProblemPageLeadsBackToThePageThatTheRequestCameFrom() throws Exception {
    server
        .filter(new ConflictFilter())
        .handle(
            "/ship",
            (request, response) -> {
              throw new java.sql.SQLException("m", "23505");
            })
        .start();
    String from = "http://127.0.0.1:" + server.port();
    String page =
        server
            .send("POST", "/ship", "Accept", "text/html", "Referer", from + "/app/list?a=1&b=2")
            .body();
    assertTrue(page.contains("<a href=\"/app/list?a=1&amp;b=2\">Back to the page"), page);
    for (String other :
        List.of("http://evil.test/app/list", from + "//evil.test", "x", from + ":1/")) {
      page = server.send("POST", "/ship", "Accept", "text/html", "Referer", other).body();
      assertFalse(page.contains("<a href"), page);
    }
  }

  /** As SiteMesh 2 does: the page is buffered, and its head and body get into another page. */
  @Test
  void aDecoratorMayUseTheStylesOfTheApplication() throws Exception {
    server.filter(new DecoratingFilter());
    start("");
    String mine = edit(login());
    String grace = login();
    assertEquals(302, save(edit(grace), grace, "theirs").statusCode());
    HttpResponse<String> answer = save(mine, login(), "mine");
    String page = refused(answer);
    assertTrue(page.startsWith("<html><head><link rel=stylesheet href=/app/office.css>"), page);
    assertTrue(page.contains("value=\"mine\""), page);
    assertFalse(page.contains("<style>"), page);
    String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
    assertFalse(policy.contains("default-src") || policy.contains("style-src"), policy);
  }

  /** An old script that shows what it finds under the name that it knows. */
  @Test
  void programsGetTheBodyThatTheirApplicationMakes() throws Exception {
    server
        .filter(
            new ConflictFilter(),
            Map.of(
                "problemBody",
                "{\"success\": false, \"code\": \"{status}\", \"errors\": [{\"message\":"
                    + " \"{title}. {detail}\", \"field\": \"{field}\"}], \"id\": \"{kind}\"}"))
        .handle(
            "/ship",
            (request, response) -> {
              throw new java.sql.SQLException("m", "23505");
            })
        .start();
    HttpResponse<String> answer = server.send("POST", "/ship", "Accept-Language", "de");
    assertEquals(409, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals(
        "{\"success\":false,\"code\":409,\"errors\":[{\"message\":\"Einen Datensatz mit diesem Wert"
            + " gibt es schon. Ein Wert, der nur einmal vorkommen darf, gehört schon zu einem"
            + " anderen Datensatz.\",\"field\":null}],\"id\":\"duplicate-key\"}",
        answer.body());
  }

  private static String refused(HttpResponse<String> answer) {
    assertEquals(412, answer.statusCode(), answer.body());
    return answer.body();
  }

  private void start(String more) throws Exception {
    server
        .rules(RULE.formatted(more))
        .filter(new ConflictFilter())
        .handle("/edit", this::edit)
        .handle("/save", this::save)
        .handle("/login", (request, response) -> request.getSession().setAttribute("a", 1))
        .start();
  }

  private void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().print(page(request.getParameter("id"), name));
  }

  private static String page(String id, String value) {
    return "<!DOCTYPE html><title>Edit</title><form method=post action=save>"
        + "<input type=hidden name=id value="
        + id
        + "><input name=name value=\""
        + value
        + "\"><button>Save</button></form>";
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    name = request.getParameter("name");
    response.sendRedirect("/app/done");
  }

  private String login() throws Exception {
    return server
        .send("GET", "/login")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split(";")[0];
  }

  private String edit(String session) throws Exception {
    return server.send("GET", "/edit?id=7", "Cookie", session).body();
  }

  private HttpResponse<String> save(String page, String session, String value) throws Exception {
    List<String> body = new ArrayList<>();
    for (FormField field : HtmlForms.read(page).get(0).fields()) {
      if (field.kind() != FieldKind.SUBMIT) {
        String sent = field.name().equals("name") ? value : field.values().get(0);
        body.add(field.name() + "=" + URLEncoder.encode(sent, UTF_8));
      }
    }
    return server.sendBody(
        "POST",
        "/save",
        String.join("&", body),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Accept",
        "text/html",
        "Cookie",
        session);
  }
}
