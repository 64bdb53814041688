package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A filter in front of the guard has made the container read the form, as the CSRF filter of Spring
 * Security does.
 */
@Tag("container")
class FormReadInFrontTest {

  private static final String RULES =
      """
      {"rules": [{"name": "r", "read": "/new", "write": "POST /add", "tag": "none"}]}
      """;

  private final FilterServer server = new FilterServer();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final AtomicInteger added = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    server
        .filter(
            (request, response, chain) -> {
              request.setCharacterEncoding("UTF-8");
              request.getParameter("_csrf");
              chain.doFilter(request, response);
            })
        .filter(new ConflictFilter())
        .rules(RULES)
        .handle("/login", (request, response) -> request.getSession().setAttribute("a", 1))
        .handle("/new", (request, response) -> form(response))
        .handle("/add", this::add)
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void secondClickGetsTheFirstAnswer() throws Exception {
    FormUser.Filled form = FormUser.loggedIn(server).open("/new").with("name", "Ada", "King");
    assertEquals(302, form.send().statusCode());
    HttpResponse<String> second = form.send();
    assertEquals(302, second.statusCode());
    assertEquals("true", second.headers().firstValue("Idempotent-Replayed").orElse(""));
    assertEquals(1, added.get());
  }

  @Test
  void otherContentIsCarriedOut() throws Exception {
    FormUser.Filled form = FormUser.loggedIn(server).open("/new").with("name", "a", "bc");
    assertEquals(302, form.send().statusCode());
    assertEquals(302, form.with("name", "ab", "c").send().statusCode());
    assertEquals(302, form.with("name", "a,bc").send().statusCode());
    assertEquals(3, added.get());
  }

  /** What cannot be decoded looks alike, and is not taken for the same. */
  @Test
  void contentThatCannotBeDecodedIsCarriedOutEachTime() throws Exception {
    FormUser ada = FormUser.loggedIn(server);
    String token = ada.open("/new").token();
    int first = ada.post("/add", "_conflictguard=" + token + "&name=x%EF%BF%BD").statusCode();
    assertEquals(302, first);
    ada.post("/add", "_conflictguard=" + token + "&name=x%EF%BF%BD");
    assertEquals(2, added.get());
  }

  @Test
  void conflictOfTheDatabaseKeepsWhatWasTyped() throws Exception {
    names.add("Ada");
    FormUser ada = FormUser.loggedIn(server);
    HttpResponse<String> refused = ada.open("/new").with("name", "Ada").send();
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("value=\"Ada\""), refused.body());
    assertEquals(302, ada.filled("/add", refused.body()).with("name", "B").send().statusCode());
  }

  private static void form(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print("<!DOCTYPE html><title>New</title><form method=post action=add><input name=name>");
  }

  private void add(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (names.contains(request.getParameter("name"))) {
      throw new IllegalStateException(new SQLException("taken", "23505", 23505));
    }
    added.incrementAndGet();
    response.sendRedirect("list");
  }
}
