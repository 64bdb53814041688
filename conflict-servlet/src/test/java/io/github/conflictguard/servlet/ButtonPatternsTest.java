package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that find a write by the button that was pressed, as Stripes, Struts and JSF send it. */
@Tag("container")
class ButtonPatternsTest {

  private static final String BUTTONS =
      "<button name=save value=1>Save</button><input type=submit name=delete value=Delete>";

  private final FilterServer server = new FilterServer();
  private final Map<String, String> record = new ConcurrentHashMap<>();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "form.save # <button name=save value=1>Save</button> # save # 1",
        "save # <input type=submit name=save> # save # Submit",
        "form.action=update # <button name=action value=update>U</button> # action # update",
        "form.do={verb} # <input type=submit name=do value=save> # do # save",
        "form.save.x # <input type=image name=save src=a.png> # save.x # 3"
      })
  void formIsRememberedUnderEachOfItsButtons(
      String condition, String button, String name, String value) throws Exception {
    start(condition, button);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7").with("city", "Bonn");
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").press(name, value).statusCode());

    HttpResponse<String> page = older.press(name, value);

    assertEquals(412, page.statusCode());
    FormSnapshot merged = HtmlForms.read(page.body()).get(0);
    assertEquals(List.of("A"), merged.field("name").values(), page.body());
    assertEquals(List.of("Bonn"), merged.field("city").values());
    assertEquals(302, bob.filled("/save", page.body()).press(name, value).statusCode());
    assertEquals(Map.of("name", "A", "city", "Bonn"), record);
  }

  /** By a JSF command link, by a script that fills in what a dispatching action looks for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "form.f:save # <a href=x>Save</a> # f:save # f:save",
        "form.method=save # <input type=hidden name=method> # method # save",
        "method=save # <input type=hidden name=method value=look> # method # save"
      })
  void formIsRememberedForWhatAScriptAdds(
      String condition, String control, String name, String value) throws Exception {
    start(condition, control);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7").with("city", "Bonn");
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").press(name, value).statusCode());
    HttpResponse<String> page = older.press(name, value);
    assertEquals(412, page.statusCode());
    FormSnapshot merged = HtmlForms.read(page.body()).get(0);
    assertEquals(List.of("A"), merged.field("name").values(), page.body());
    assertEquals(List.of("Bonn"), merged.field("city").values());
  }

  @Test
  void formWithoutTokenIsJudgedByTheMemoryOfTheSession() throws Exception {
    start("form.save", BUTTONS);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7").without("_conflictguard");
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").press("save", "1").statusCode());
    assertEquals(412, older.press("save", "1").statusCode());
    assertEquals("A", record.get("name"));
  }

  @Test
  void tokenIsBoundToTheRecordOfTheButton() throws Exception {
    start("form.save", BUTTONS);
    FormUser bob = FormUser.anonymous(server);
    FormUser.Filled other = bob.open("/edit?id=8");
    assertEquals(412, other.with("id", "7").press("save", "1").statusCode());
  }

  @Test
  void buttonsOfSeveralRulesShareOneToken() throws Exception {
    server.rules(
        """
        {"rules": [
          {"name": "save", "key": "record/{id}", "read": "/edit?id={id}",
           "write": "POST /save?form.id={id}&form.save", "tag": "form"},
          {"name": "delete", "key": "record/{id}", "read": "/none?id={id}",
           "write": "POST /save?form.id={id}&form.delete", "tag": "form"}]}
        """);
    startWith(BUTTONS);
    for (FormUser user : List.of(FormUser.loggedIn(server), FormUser.anonymous(server))) {
      FormUser.Filled form = user.open("/edit?id=7");
      assertEquals(302, form.press("delete", "Delete").statusCode());
      FormUser.Filled older = user.open("/edit?id=7");
      assertEquals(302, user.open("/edit?id=7").press("save", "1").statusCode());
      assertEquals(412, older.press("delete", "Delete").statusCode());
    }
  }

  @Test
  void unknownBaseKeepsTheKindsOfTheFieldsAndNoPassword() throws Exception {
    start("form.save", BUTTONS);
    FormUser user = FormUser.loggedIn(server);
    FormUser.Filled form =
        user.open("/kinds?id=7").with("password", "s3cret").with("note", "a\r\nb");
    FormUser later = FormUser.loggedIn(server);

    HttpResponse<String> page = later.filledLike(form).press("save", "1");

    assertEquals(412, page.statusCode());
    FormSnapshot shown = HtmlForms.read(page.body()).get(0);
    assertFalse(page.body().contains("s3cret"), page.body());
    assertEquals(FieldKind.PASSWORD, shown.field("password").kind());
    assertEquals(FieldKind.HIDDEN, shown.field("id").kind());
    assertEquals(FieldKind.TEXTAREA, shown.field("note").kind());
    assertEquals(List.of("a\r\nb"), shown.field("note").values());
    assertEquals(FieldKind.TEXTAREA, shown.field("short").kind());
    assertEquals(FieldKind.CHECKBOX, shown.field("box").kind());
    assertEquals(FieldKind.SELECT_ONE, shown.field("list").kind());
    assertEquals(List.of("b"), shown.field("list").values());
    assertNotNull(shown.field("save"));
  }

  @Test
  void unknownFieldThatIsNamedLikeAPasswordIsNeverShown() throws Exception {
    start("form.save", BUTTONS);
    String names = "pwd=s3cret&newPassword=s3cret&j_password=s3cret&kennwort=s3cret&pin=s3cret";
    HttpResponse<String> page =
        FormUser.loggedIn(server)
            .post("/save", "id=7&save=1&passport=X1&_conflictguard=none&" + names);
    assertEquals(412, page.statusCode());
    assertFalse(page.body().contains("s3cret"), page.body());
    assertTrue(page.body().contains("X1"), page.body());
  }

  private void start(String condition, String buttons) throws Exception {
    server.rules(
        """
        {"rules": [{"name": "r", "key": "record/{id}",
          "read": ["/edit?id={id}", "/kinds?id={id}"],
          "write": "POST /save?form.id={id}&%s", "tag": "form", "allowInternalGet": true}]}
        """
            .formatted(condition));
    startWith(buttons);
  }

  private void startWith(String buttons) throws Exception {
    record.putAll(Map.of("name", "", "city", ""));
    server
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> show(request, response, buttons))
        .handle("/kinds", (request, response) -> kinds(response, buttons))
        .handle("/save", this::save)
        .start();
  }

  private void show(HttpServletRequest request, HttpServletResponse response, String buttons)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=save method=post><input type=hidden name=id value="
                + request.getParameter("id")
                + "><input name=name value='"
                + record.get("name")
                + "'><input name=city value='"
                + record.get("city")
                + "'>"
                + buttons
                + "</form>");
  }

  private static void kinds(HttpServletResponse response, String buttons) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=save method=post><input type=hidden name=id value=7><input name=name>"
                + "<input name=city><textarea name=note></textarea><textarea name=short>x</textarea>"
                + "<input type=checkbox name=box checked><select name=list><option>a"
                + "<option selected>b</select><input type=password name=password>"
                + buttons
                + "</form>");
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    record.put("name", request.getParameter("name"));
    record.put("city", request.getParameter("city"));
    response.sendRedirect("edit?id=7");
  }
}
