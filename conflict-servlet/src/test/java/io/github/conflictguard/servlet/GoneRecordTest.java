package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of records that are not there any more. */
@Tag("container")
class GoneRecordTest {

  private static final String RULES =
      """
      {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id}",
        "write": ["POST /save?form.id={id}", "POST /street?form.id={id}"],
        "tag": "form", "allowInternalGet": true}]}
      """;

  private final FilterServer server = new FilterServer();
  private final Map<String, String> records = new ConcurrentHashMap<>();
  private volatile String gone = "create";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "text", "404", "410"})
  void savingARecordThatIsGoneIsRefused(String page) throws Exception {
    gone = page;
    start();
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    records.clear();

    HttpResponse<String> answer = form.with("name", "Countess").send();

    assertEquals(412, answer.statusCode());
    assertTrue(records.isEmpty());
    assertTrue(answer.body().contains("Countess"), answer.body());
  }

  @Test
  void savingAgainIsNotOfferedWhereItCanOnlyBeRefused() throws Exception {
    start();
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    records.clear();
    HttpResponse<String> answer = form.with("name", "Countess").send();
    assertTrue(answer.body().contains("href=\"/app/edit?id=7\""), answer.body());
    assertFalse(answer.body().contains("class=\"main\""), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"404", "create"})
  void pageCallsDeletedWhatIsDeletedForCertain(String page) throws Exception {
    gone = page;
    start();
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    records.clear();
    String answer = form.with("name", "Countess").send().body();
    assertEquals(page.equals("404"), answer.contains("It was deleted"), answer);
    assertEquals(page.equals("create"), answer.contains("It may have been deleted"), answer);
  }

  @Test
  void rowThatIsGoneCannotBeSavedAgain() throws Exception {
    server.rules(
        """
        {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id}",
          "write": "POST /save?form.id={id}", "forms": true,
          "tag": {"source": "resolver", "class": "%s"}}]}
        """
            .formatted(Names.class.getName()));
    Names.names.put("7", "Ada");
    startServer();
    FormUser.Filled form = FormUser.loggedIn(server).open("/edit?id=7");
    Names.names.clear();
    HttpResponse<String> answer = form.with("name", "Countess").send();
    assertEquals(412, answer.statusCode());
    assertTrue(answer.body().contains("It was deleted"), answer.body());
    assertFalse(answer.body().contains("class=\"main\""), answer.body());
  }

  /** What a database would tell. */
  public static final class Names implements StateResolver {

    private static final Map<String, String> names = new ConcurrentHashMap<>();

    @Override
    public SelectedRepresentation resolve(Map<String, String> variables) {
      String name = names.get(variables.get("id"));
      return name == null
          ? SelectedRepresentation.absent()
          : SelectedRepresentation.present(EntityTag.strong(name), null);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "long"})
  void pageThatCannotBeReadDoesNotCountAsGone(String page) throws Exception {
    start();
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    gone = page;
    records.put("broken", "");
    assertEquals(302, form.with("name", "Countess").send().statusCode());
  }

  /** An internal GET does not reach it, and what the container answers there means nothing. */
  @Test
  void pageThatAFilterServesIsNotTakenForGone() throws Exception {
    records.put("7", "Ada");
    server
        .rules(RULES.replace("/edit", "/of-filter"))
        .filter(new ConflictFilter())
        .filter(
            (request, response, chain) -> {
              HttpServletRequest http = (HttpServletRequest) request;
              if (http.getRequestURI().endsWith("/of-filter")
                  && request.getDispatcherType() == DispatcherType.REQUEST) {
                show(http, (HttpServletResponse) response);
              } else {
                chain.doFilter(request, response);
              }
            })
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/save", (request, response) -> response.sendRedirect("of-filter?id=7"))
        .withFiles(false)
        .start();
    FormUser.Filled form = FormUser.loggedIn(server).open("/of-filter?id=7");
    assertEquals(302, form.with("name", "Countess").send().statusCode());
  }

  @Test
  void otherViewOfThePageDoesNotCountAsGone() throws Exception {
    start();
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7&tab=2");
    assertEquals(302, form.with("street", "x").send().statusCode());
  }

  private void start() throws Exception {
    server.rules(RULES);
    startServer();
  }

  private void startServer() throws Exception {
    records.put("7", "Ada");
    server
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", this::show)
        .handle("/street", (request, response) -> response.sendRedirect("edit?id=7"))
        .handle(
            "/save",
            (request, response) -> {
              records.computeIfPresent(
                  request.getParameter("id"), (id, old) -> request.getParameter("name"));
              response.sendRedirect("edit?id=7");
            })
        .start();
  }

  private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    String id = request.getParameter("id");
    if ("2".equals(request.getParameter("tab"))) {
      response
          .getWriter()
          .print(
              "<form action=street method=post><input type=hidden name=id value=7><input"
                  + " name=street></form>");
    } else if (records.containsKey(id) && !records.containsKey("broken")) {
      response
          .getWriter()
          .print(
              "<form action=save method=post><input type=hidden name=id value="
                  + id
                  + "><input name=name value='"
                  + records.get(id)
                  + "'></form>");
    } else if (gone.equals("create")) {
      response.getWriter().print("<form action=create method=post><input name=name></form>");
    } else if (gone.equals("text")) {
      response.getWriter().print("<p>There is no such record</p>");
    } else if (gone.equals("long")) {
      response.getWriter().print("<p>There is no such record</p>".repeat(100_000));
    } else {
      response.sendError(Integer.parseInt(gone));
    }
  }
}
