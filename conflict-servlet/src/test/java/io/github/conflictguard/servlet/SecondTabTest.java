package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One person works on a record in two tabs, and the guard may not ask for the page itself. */
@Tag("container")
class SecondTabTest {

  private static final String RULES =
      """
      {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
        "write": "POST /save?form.id={id:number}", "tag": "form"}]}
      """;

  private final FilterServer server = new FilterServer();
  private volatile String name = "Ada";
  private volatile String phone = "1";

  @BeforeEach
  void start() throws Exception {
    server
        .filter(new ConflictFilter())
        .rules(RULES)
        .handle("/login", (request, response) -> request.getSession().setAttribute("a", 1))
        .handle("/edit", (request, response) -> edit(response))
        .handle("/save", this::save)
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void pageThatWasSavedFromIsNotTakenForWhatIsSavedNow() throws Exception {
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled first = ada.open("/edit?id=7").with("name", "Mine");
    assertEquals(302, ada.open("/edit?id=7").with("phone", "2").send().statusCode());

    HttpResponse<String> refused = first.send();
    assertEquals(412, refused.statusCode());
    assertFalse(refused.body().contains("have been combined"), refused.body());
    assertEquals(412, ada.filled("/save", refused.body()).send().statusCode());
    assertEquals("2", phone);

    ada.get("/edit?id=7");
    HttpResponse<String> merged = ada.filled("/save", refused.body()).send();
    assertEquals(412, merged.statusCode());
    assertTrue(merged.body().contains("have been combined"), merged.body());
    assertEquals(302, ada.filled("/save", merged.body()).send().statusCode());
    assertEquals("Mine 2", name + " " + phone);
  }

  private void edit(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .printf(
            "<!DOCTYPE html><title>Record</title><form method=post action=save>"
                + "<input type=hidden name=id value=7>"
                + "<p>Name <input name=name value=\"%s\"></p>"
                + "<p>Phone <input name=phone value=\"%s\"></p><button>Save</button></form>",
            name, phone);
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    name = request.getParameter("name");
    phone = request.getParameter("phone");
    response.sendRedirect("list");
  }
}
