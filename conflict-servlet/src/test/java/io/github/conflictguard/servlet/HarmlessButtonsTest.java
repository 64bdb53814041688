package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buttons that save nothing: cancel, preview, and those that a rule names. */
@Tag("container")
class HarmlessButtonsTest {

  private final FilterServer server = new FilterServer();
  private volatile String name = "Ada";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.struts.taglib.html.CANCEL",
        "org.apache.struts.taglib.html.CANCEL.x",
        "_cancel",
        "cancel",
        "preview",
        "_target2",
        "_eventId_cancel"
      })
  void cancelIsNeverRefusedAndMakesNoPageOld(String button) throws Exception {
    start("");
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(200, ada.open("/edit?id=7").press(button, "Cancel").statusCode());
    assertEquals(302, older.with("name", "B").send().statusCode());
    FormUser.Filled stale = ada.open("/edit?id=7");
    assertEquals(302, bob.open("/edit?id=7").with("name", "C").send().statusCode());
    assertEquals(200, stale.press(button, "Cancel").statusCode());
    assertEquals("C", name);
  }

  @Test
  void ruleNamesItsOwnButtons() throws Exception {
    start(", \"savesNothing\": [\"back\", \"form.do=look\"]");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled stale = ada.open("/edit?id=7");
    assertEquals(302, ada.filledLike(stale).with("name", "B").send().statusCode());
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(302, ada.open("/edit?id=7").with("name", "C").send().statusCode());
    assertEquals(200, bob.filledLike(older).press("back", "1").statusCode());
    assertEquals(200, bob.filledLike(older).press("do", "look").statusCode());
    assertEquals(200, bob.filledLike(older).press("cancel", "1").statusCode());
    assertEquals(412, bob.filledLike(older).press("do", "save").statusCode());
  }

  @Test
  void ruleCanSwitchThePresetsOff() throws Exception {
    start(", \"savesNothing\": false");
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(302, ada.open("/edit?id=7").with("name", "C").send().statusCode());
    assertEquals(412, older.press("cancel", "Cancel the order").statusCode());
  }

  @Test
  void patternThatNamesTheButtonItselfWins() throws Exception {
    server.rules(
        """
        {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id}",
          "write": "POST /save?form.id={id}&cancel", "tag": "form"}]}
        """);
    startServer();
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(200, ada.open("/edit?id=7").press("cancel", "1").statusCode());
    assertEquals(412, older.press("cancel", "1").statusCode());
  }

  @Test
  void hiddenFieldThatAScriptFillsIsNoButtonAsLongAsItIsEmpty() throws Exception {
    start("");
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7").with("cancel", "").with("preview", "false");
    assertEquals(302, ada.open("/edit?id=7").with("name", "C").send().statusCode());
    assertEquals(412, older.with("name", "D").send().statusCode());
    assertEquals("C", name);
  }

  /** Spring MVC's: it tells an unchecked box from one that is not there. */
  @ParameterizedTest
  @ValueSource(strings = {"on", "1"})
  void markerOfACheckBoxIsNoCancel(String value) throws Exception {
    start("");
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7").with("_cancel", value);
    assertEquals(302, ada.open("/edit?id=7").with("name", "C").send().statusCode());
    assertEquals(412, older.send().statusCode());
  }

  @Test
  void formWithItsVersionIsNotRefusedForAValueOfThatName() throws Exception {
    server.rules(
        """
        {"rules": [{"name": "r", "key": "record/{id}", "read": ["/edit?id={id}", "/box?id={id}"],
          "write": "POST /save?form.id={id}", "required": true,
          "tag": {"source": "native", "field": "version"}}]}
        """);
    startServer();
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/box?id=7").with("preview", "on");
    assertEquals(428, ada.filledLike(form).send().statusCode());
    assertEquals(200, form.with("version", "1").send().statusCode());
  }

  /** A setting of the record that is called like that. */
  @Test
  void checkBoxOfTheSameNameIsAValue() throws Exception {
    start("");
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/box?id=7").with("preview", "on");
    assertEquals(302, ada.open("/edit?id=7").with("name", "C").send().statusCode());
    assertEquals(412, older.send().statusCode());
  }

  /** The preview is newer than the page that was filled in, and what it holds is not. */
  @Test
  void saveFromAPreviewIsJudgedByThePageBeforeIt() throws Exception {
    start("");
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled form = bob.open("/edit?id=7").with("name", "B");
    assertEquals(302, ada.open("/edit?id=7").with("name", "C").send().statusCode());
    HttpResponse<String> preview = form.press("preview", "1");
    assertTrue(preview.body().contains("value='B'"), preview.body());

    HttpResponse<String> answer = bob.filled("/save", preview.body()).send();

    assertEquals(412, answer.statusCode());
    assertEquals("C", name);
    assertTrue(answer.body().contains("value=\"Ada\"") || answer.body().contains("Ada"));
  }

  @Test
  void saveFromAPreviewOfACurrentPageIsNoConflict() throws Exception {
    start("");
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled form = bob.open("/edit?id=7");
    assertEquals(302, bob.filledLike(form).with("name", "A").send().statusCode());
    HttpResponse<String> preview = bob.filledLike(form).with("name", "B").press("preview", "1");
    assertEquals(302, bob.filled("/save", preview.body()).send().statusCode());
    assertEquals("B", name);
  }

  private void start(String more) throws Exception {
    server.rules(
        """
        {"rules": [{"name": "r", "key": "record/{id}", "read": ["/edit?id={id}", "/box?id={id}"],
          "write": "POST /save?form.id={id}", "tag": "form", "required": true%s}]}
        """
            .formatted(more));
    startServer();
  }

  private void startServer() throws Exception {
    server
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> show(response, name))
        .handle("/box", (request, response) -> box(response))
        .handle("/save", this::save)
        .start();
  }

  private static void show(HttpServletResponse response, String shown) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=save method=post><input type=hidden name=id value=7><input name=name"
                + " value='"
                + shown
                + "'><button>Save</button><button name=cancel value=1>Cancel</button><input"
                + " type=submit name=preview value=Preview></form>");
  }

  private static void box(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=save method=post><input type=hidden name=id value=7><input name=name>"
                + "<input type=checkbox name=preview></form>");
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean saves =
        request.getParameterMap().keySet().stream().allMatch(HarmlessButtonsTest::isData);
    if (saves || "".equals(request.getParameter("cancel"))) {
      name = request.getParameter("name");
      response.sendRedirect("edit?id=7");
    } else {
      show(response, request.getParameter("name"));
    }
  }

  private static boolean isData(String parameter) {
    return parameter.equals("id") || parameter.equals("name") || parameter.startsWith("_conflict");
  }
}
