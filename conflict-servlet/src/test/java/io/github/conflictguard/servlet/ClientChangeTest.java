package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered for one client never reaches the one that comes after them. */
@Tag("container")
class ClientChangeTest {

  private static final Pattern TOKEN =
      Pattern.compile("name=\"_conflictguard\" value=\"([A-Za-z0-9_-]+)\"");

  private static final String RULES =
      """
      {"rules": [
        {"name": "creation", "read": "/new", "write": "POST /create", "tag": "none"},
        {"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
         "write": "POST /save?form.id={id:number}", "tag": "form"}]}
      """;

  private final FilterServer server = new FilterServer();
  private final Map<String, String> records = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private String cookie = "";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** Those behind {@code office.user} are told to the container, {@code user} is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/set?name=office&value=bob",
        "/set?name=office",
        "/set?name=user&value=bob",
        "/set?name=user",
        "/rotate",
        "/renew"
      })
  void theAnswerToAFormEndsWithItsClient(String change) throws Exception {
    start();
    visit("/set?name=office&value=" + (change.contains("name=user") ? "" : "ada"));
    visit("/set?name=user&value=" + (change.contains("name=user") ? "ada" : ""));
    String token = tokenIn(visit("/new").body());
    assertEquals(302, post("/create", "value=x", token).statusCode());
    assertTrue(isReplayed(post("/create", "value=x", token)));
    visit(change);
    assertFalse(isReplayed(post("/create", "value=x", token)));
  }

  @Test
  void aLoginEndsTheAnswersOfTheAnonymousClient() throws Exception {
    start();
    visit("/set?name=other&value=x");
    String token = tokenIn(visit("/new").body());
    assertEquals(302, post("/create", "value=x", token).statusCode());
    visit("/set?name=office&value=ada");
    assertFalse(isReplayed(post("/create", "value=x", token)));
  }

  /** Otherwise a second click, and the Back button after it, would carry it out twice. */
  @Test
  void aSessionThatTheFormItselfBeginsEndsNothing() throws Exception {
    start();
    String token = tokenIn(visit("/new").body());
    assertEquals(302, post("/create", "value=session", token).statusCode());
    assertTrue(isReplayed(post("/create", "value=session", token)));
    assertEquals(1, writes.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YWRhOjE=", "Bearer one"})
  void theAnswerToAFormEndsWithItsCredentials(String authorization) throws Exception {
    start();
    String token = tokenIn(visit("/new", "Authorization", authorization).body());
    String[] same = {"Authorization", authorization};
    assertEquals(302, post("/create", "value=x", token, same).statusCode());
    assertTrue(isReplayed(post("/create", "value=x", token, same)));
    assertFalse(isReplayed(post("/create", "value=x", token)));
    assertFalse(isReplayed(post("/create", "value=x", token, "Authorization", "Bearer two")));
  }

  @Test
  void withoutAnythingElseABrowserIsToldByItsName() throws Exception {
    start();
    String token = tokenIn(visit("/new", "User-Agent", "one").body());
    assertEquals(302, post("/create", "value=x", token, "User-Agent", "one").statusCode());
    assertTrue(isReplayed(post("/create", "value=x", token, "User-Agent", "one")));
    assertFalse(isReplayed(post("/create", "value=x", token, "User-Agent", "two")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/set?name=office&value=bob",
        "/set?name=office",
        "/rotate",
        "/set?name=currentUser&value=bob"
      })
  void whatAFormHeldIsNotShownToTheNextOne(String change) throws Exception {
    start();
    records.put("7", "of-the-former-user");
    if (change.contains("office")) {
      visit("/set?name=office&value=ada");
    } else {
      visit("/set?name=currentUser&value=ada");
    }
    String token = tokenIn(visit("/edit?id=7").body());
    records.put("7", "public");
    assertEquals(
        302, post("/save", "id=7&value=public", tokenIn(page(server, "/edit?id=7"))).statusCode());
    visit(change);
    HttpResponse<String> answer = post("/save", "id=7&value=mine", token, "Accept", "text/html");
    assertEquals(412, answer.statusCode());
    assertFalse(answer.body().contains("of-the-former-user"), answer.body());
    assertEquals("public", records.get("7"));
  }

  /** A user whose session has ended logs in again and sends what they have typed. */
  @Test
  void theSameUserMaySendAFormInAnotherSession() throws Exception {
    start();
    visit("/set?name=office&value=ada");
    String token = tokenIn(visit("/edit?id=7").body());
    visit("/renew");
    visit("/set?name=office&value=ada");
    assertEquals(302, post("/save", "id=7&value=mine", token).statusCode());
    visit("/set?name=office&value=bob");
    assertEquals(412, post("/save", "id=7&value=mine", token).statusCode());
  }

  private static String page(FilterServer server, String path) throws Exception {
    return server.send("GET", path).body();
  }

  private static boolean isReplayed(HttpResponse<String> answer) {
    return answer.headers().firstValue("Idempotent-Replayed").isPresent();
  }

  private static String tokenIn(String page) {
    Matcher token = TOKEN.matcher(page);
    assertTrue(token.find(), page);
    return token.group(1);
  }

  private HttpResponse<String> visit(String path, String... headers) throws Exception {
    return noting(server.send("GET", path, with(headers)));
  }

  private HttpResponse<String> post(String path, String body, String token, String... headers)
      throws Exception {
    String[] all = with(headers, "Content-Type", "application/x-www-form-urlencoded");
    return noting(server.sendBody("POST", path, body + "&_conflictguard=" + token, all));
  }

  private HttpResponse<String> noting(HttpResponse<String> answer) {
    answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";")[0]);
    return answer;
  }

  private String[] with(String[] headers, String... more) {
    java.util.List<String> all = new java.util.ArrayList<>(java.util.List.of(headers));
    all.addAll(java.util.List.of(more));
    if (!cookie.isEmpty()) {
      all.addAll(java.util.List.of("Cookie", cookie));
    }
    return all.toArray(new String[0]);
  }

  private void start() throws Exception {
    records.put("7", "start");
    server
        .rules(RULES)
        .filter(new OfficeLogin())
        .filter(new ConflictFilter())
        .handle(
            "/set",
            (request, response) -> {
              HttpSession session = request.getSession();
              String value = request.getParameter("value");
              String name = request.getParameter("name");
              if (value == null || value.isEmpty()) {
                session.removeAttribute(name);
              } else {
                session.setAttribute(name, value);
              }
            })
        .handle("/rotate", (request, response) -> request.changeSessionId())
        .handle(
            "/renew",
            (request, response) -> {
              request.getSession().invalidate();
              request.getSession();
            })
        .handle(
            "/new",
            (request, response) -> {
              response.setContentType("text/html");
              response
                  .getWriter()
                  .print("<form method=post action=create><input name=value></form>");
            })
        .handle(
            "/create",
            (request, response) -> {
              if (request.getParameter("value").equals("session")) {
                request.getSession();
              }
              response.sendRedirect("record/" + writes.incrementAndGet());
            })
        .handle(
            "/edit",
            (request, response) -> {
              response.setContentType("text/html");
              String id = request.getParameter("id");
              response
                  .getWriter()
                  .print(
                      "<form method=post action=save><input type=hidden name=id value="
                          + id
                          + "><input name=value value=\""
                          + records.get(id)
                          + "\"></form>");
            })
        .handle(
            "/save",
            (request, response) -> {
              records.put(request.getParameter("id"), request.getParameter("value"));
              response.sendRedirect("edit?id=" + request.getParameter("id"));
            })
        .start();
  }

  /** A filter in front that knows the user, as security filters do. */
  private static final class OfficeLogin implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(
          new HttpServletRequestWrapper((HttpServletRequest) request) {
            @Override
            public String getRemoteUser() {
              HttpSession session = getSession(false);
              Object user = session == null ? null : session.getAttribute("office");
              return user == null ? super.getRemoteUser() : (String) user;
            }
          },
          response);
    }
  }
}
