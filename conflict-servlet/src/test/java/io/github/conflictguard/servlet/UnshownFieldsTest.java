package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
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

/** Fields whose values no page shows: equal pages prove nothing about them. */
@Tag("container")
class UnshownFieldsTest {

  private final FilterServer server = new FilterServer();
  private final Map<String, String> record = new ConcurrentHashMap<>();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changedPasswordIsNotOverwrittenByAnOlderPageThatShowsTheSame(boolean ask) throws Exception {
    start(ask);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(302, ada.open("/edit?id=7").with("password", "of Ada").send().statusCode());
    bob.get("/edit?id=7");

    assertEquals(412, older.with("password", "of Bob").send().statusCode());

    assertEquals("of Ada", record.get("password"));
  }

  @Test
  void emptyPasswordLeavesTheRecordAsItWasShown() throws Exception {
    start(true);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(302, ada.open("/edit?id=7").with("password", "of Ada").send().statusCode());
    assertEquals(302, older.with("password", "").send().statusCode());
    assertEquals("of Ada", record.get("password"));
  }

  @Test
  void fieldThatOnlyAScriptSendsIsJudgedByTime() throws Exception {
    start(true);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(302, ada.open("/edit?id=7").with("rows", "1,2").send().statusCode());
    assertEquals(412, older.with("rows", "3").send().statusCode());
    assertEquals("1,2", record.get("rows"));
  }

  @Test
  void uploadedFileIsNotOverwrittenByAnOlderPageThatShowsTheSame() throws Exception {
    start(true);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    String older = bob.open("/files?id=7").form.target("/app/files?id=7");
    String newer = ada.open("/files?id=7").form.target("/app/files?id=7");
    assertEquals(302, ada.upload(newer, "name", "Ada", "picture", "of Ada").statusCode());

    int status = bob.upload(older, "name", "Ada", "picture", "of Bob").statusCode();

    assertEquals(412, status);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void emptyFileFieldIsNotFilled(boolean takenApartByContainer) throws Exception {
    if (takenApartByContainer) {
      server.multipart("/upload");
    }
    start(true);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    String older = bob.open("/files?id=7").form.target("/app/files?id=7");
    String another = bob.open("/files?id=7").form.target("/app/files?id=7");
    String newer = ada.open("/files?id=7").form.target("/app/files?id=7");
    assertEquals(302, ada.upload(newer, "name", "Ada", "picture", "of Ada").statusCode());

    assertEquals(302, bob.upload(older, "name", "Ada", "picture", "").statusCode());

    HttpResponse<String> stale = bob.upload(another, "name", "Typed", "picture", "of Bob");
    assertEquals(412, stale.statusCode());
    assertTrue(stale.body().contains("Typed"), stale.body());
  }

  private void start(boolean ask) throws Exception {
    record.putAll(Map.of("name", "Ada", "password", "old", "rows", ""));
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "user/{id}", "read": ["/edit?id={id}", "/files?id={id}"],
              "write": ["POST /save?form.id={id}", "POST /upload?query.id={id}"], "tag": "form",
              "allowInternalGet": %s}]}
            """
                .formatted(ask))
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", this::show)
        .handle("/files", this::showFiles)
        .handle("/upload", (request, response) -> response.sendRedirect("files?id=7"))
        .handle("/save", this::save)
        .start();
  }

  private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=save method=post><input type=hidden name=id value=7><input name=name"
                + " value='"
                + record.get("name")
                + "'><input type=password name=password><button>Save</button></form>");
  }

  private void showFiles(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=upload?id=7 method=post enctype=multipart/form-data><input name=name"
                + " value=Ada><input type=file name=picture></form>");
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    record.put("name", request.getParameter("name"));
    for (String name : new String[] {"password", "rows"}) {
      String sent = request.getParameter(name);
      if (sent != null && !sent.isEmpty()) {
        record.put(name, sent);
      }
    }
    response.sendRedirect("edit?id=7");
  }
}
