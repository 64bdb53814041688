package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms whose session has ended before they were sent. */
@Tag("container")
class EndedSessionTest {

  private final FilterServer server = new FilterServer();
  private volatile String name = "Ada";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void formIsComparedOnceItsPageWasOpenedAgain(boolean ask) throws Exception {
    start(ask);
    FormUser.Filled form = FormUser.loggedIn(server).open("/edit?id=7").with("name", "Mine");
    FormUser other = FormUser.loggedIn(server);
    assertEquals(302, other.open("/edit?id=7").with("name", "Theirs").send().statusCode());
    FormUser again = FormUser.loggedIn(server);

    HttpResponse<String> unknown = again.filledLike(form).send();
    assertEquals(412, unknown.statusCode());
    assertFalse(unknown.body().contains("Theirs"), unknown.body());
    assertTrue(unknown.body().contains("href=\"/app/edit?id=7\""), unknown.body());

    again.get("/edit?id=7");
    HttpResponse<String> compared = again.filled("/save", unknown.body()).send();
    assertEquals(412, compared.statusCode());
    assertTrue(compared.body().contains("Theirs"), compared.body());

    FormUser.Filled merged = again.filled("/save", compared.body());
    assertEquals(302, merged.with("name", "Mine").send().statusCode());
    assertEquals("Mine", name);
  }

  @Test
  void clientWithoutASessionCanSaveAgainAfterTheWarning() throws Exception {
    start(false);
    FormUser client = FormUser.anonymous(server);
    HttpResponse<String> page = client.post("/save", "id=7&name=Mine&_conflictguard=unknown");
    assertEquals(412, page.statusCode());
    assertEquals(302, client.filled("/save", page.body()).send().statusCode());
  }

  private void start(boolean ask) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id}",
              "write": "POST /save?form.id={id}", "tag": "form", "allowInternalGet": %s}]}
            """
                .formatted(ask))
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> show(response))
        .handle(
            "/save",
            (request, response) -> {
              name = request.getParameter("name");
              response.sendRedirect("edit?id=7");
            })
        .start();
  }

  private void show(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=save method=post><input type=hidden name=id value=7><input name=name"
                + " value='"
                + name
                + "'></form>");
  }
}
