package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buttons that lead elsewhere than their form, or stand outside of it, or are for no script. */
@Tag("container")
class ButtonTargetsTest {

  private static final String FIELDS = "<input type=hidden name=id value=7><input name=name>";

  private final FilterServer server = new FilterServer();
  private volatile String page = "";
  private volatile String name = "";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<form action=find>F<button formaction=save formmethod=post>Save</button></form>",
        "<form action=save>F<button formmethod=post>Save</button></form>",
        "<form action=save>F<input type=submit formmethod=POST formaction='save' value=S></form>",
        "<form action=find method=post>F<button formaction=save>Save</button></form>",
        "<form action=find>F<input type=image formaction=save formmethod=post></form>",
        "<form id=f action=find>F</form><button form=f formaction=save formmethod=post>S</button>",
        "<form id=f action=find method=post>F</form><button form=f formaction=save>S</button>"
      })
  void buttonThatLeadsToAWriteCarriesTheToken(String form) throws Exception {
    start(form);
    for (FormUser user : users()) {
      String older = actionIn(user.get("/edit?id=7").body(), "formaction");
      String newer = actionIn(user.get("/edit?id=7").body(), "formaction");
      assertEquals(302, user.post(newer, "id=7&name=A").statusCode());
      assertEquals(412, user.post(older, "id=7&name=B").statusCode());
      assertEquals("A", name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<button form=f formaction=save formmethod=post>S</button><form id=f action=find>F</form>",
        "<input type=submit form=f formaction=save><form id=f action=find method=post>F</form>"
      })
  void buttonInFrontOfItsFormIsJudgedByTheMemoryOfTheSession(String form) throws Exception {
    start(form);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    bob.get("/edit?id=7");
    ada.get("/edit?id=7");
    assertEquals(302, ada.post("/save", "id=7&name=A").statusCode());
    assertEquals(412, bob.post("/save", "id=7&name=B").statusCode());
    assertEquals("A", name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<noscript><form action=save method=post>F<button>S</button></form></noscript>",
        "<noscript><p title='x'>For browsers without scripts</p><form action=save"
            + " method=post>F</form></noscript><form action=find>F</form>"
      })
  void formForBrowsersWithoutScriptsIsCompleted(String form) throws Exception {
    start(form);
    for (FormUser user : users()) {
      String older = tokenIn(user.get("/edit?id=7").body());
      String newer = tokenIn(user.get("/edit?id=7").body());
      assertEquals(302, user.post("/save", "id=7&name=A&_conflictguard=" + newer).statusCode());
      assertEquals(412, user.post("/save", "id=7&name=B&_conflictguard=" + older).statusCode());
    }
  }

  @Test
  void noscriptThatAScriptingBrowserEndsEarlierChangesNothingBehindIt() throws Exception {
    start("<noscript><!-- </noscript><form action=save method=post>F</form><p title='-->'>");
    assertTrue(tokenIn(FormUser.anonymous(server).get("/edit?id=7").body()).length() > 40);
  }

  @Test
  void formThatReadsKeepsItsAddressFreeOfTokens() throws Exception {
    start("<form action=find>F<button>Find</button></form>");
    assertFalse(FormUser.anonymous(server).get("/edit?id=7").body().contains("_conflictguard"));
  }

  private FormUser[] users() throws Exception {
    return new FormUser[] {FormUser.loggedIn(server), FormUser.anonymous(server)};
  }

  private void start(String form) throws Exception {
    page = form.replace(">F<", ">" + FIELDS + "<");
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id}",
              "write": "POST /save?form.id={id}", "tag": "form"}]}
            """)
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle(
            "/edit",
            (request, response) -> {
              response.setContentType("text/html;charset=UTF-8");
              response.getWriter().print("<html><body>" + page + "</body></html>");
            })
        .handle(
            "/save",
            (request, response) -> {
              name = request.getParameter("name");
              response.sendRedirect("edit?id=7");
            })
        .start();
  }

  private static String actionIn(String html, String attribute) {
    Matcher action =
        Pattern.compile(attribute + "=[\"']?(save\\?_conflictguard=[A-Za-z0-9_-]+)").matcher(html);
    assertTrue(action.find(), html);
    return "/" + action.group(1);
  }

  private static String tokenIn(String html) {
    Matcher token =
        Pattern.compile("name=\"_conflictguard\" value=\"([A-Za-z0-9_-]+)\"").matcher(html);
    assertTrue(token.find(), html);
    return token.group(1);
  }
}
