package io.github.conflictguard.servlet.enforcement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.LogLines;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an internal GET has found is shown to those alone to whom the application has shown it. */
@Tag("container")
class DisclosureTest {

  private static final String RULES =
      """
      {"rules": [
        {"name": "page", "key": "record/{id}", "read": "/page?id={id}",
         "write": "POST /save?form.id={id}", "tag": "form", "allowInternalGet": true},
        {"name": "other", "key": "other/{id}", "read": "/other?id={id}",
         "write": "POST /other-save?form.id={id}", "tag": "form", "allowInternalGet": true},
        {"name": "body", "key": "body/{id}", "read": "/body?id={id}",
         "write": "POST|PUT|PATCH|DELETE /write?id={id}"},
        {"name": "counter", "key": "counter/{id}", "read": "/body?cid={id}",
         "write": "PUT|DELETE /count?id={id}", "tag": "counter", "allowInternalGet": true}
      ]}
      """;
  private static final Pattern TOKEN =
      Pattern.compile("name=\"_conflictguard\" value=\"([A-Za-z0-9_-]+)\"");

  private final FilterServer server = new FilterServer();
  private final AtomicInteger gets = new AtomicInteger();
  private volatile int bodyStatus = 200;
  private volatile String secret = "SECRET-1";
  private volatile Predicate<HttpServletRequest> allowed = request -> true;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  // Forms.

  /** Wherever the filter stands, and whatever it looks at. */
  @ParameterizedTest
  @CsvSource({
    "true, /save",
    "false, /save",
    "true, /save?_conflictguard_type=1",
    "false, /save?_conflictguard_type=1"
  })
  void aPageThatIsRefusedToEverybodyIsNotShownForAJunkToken(boolean inFront, String address)
      throws Exception {
    allowed = request -> !request.getServletPath().equals("/page");
    start(inFront);
    assertEquals(403, server.send("GET", "/page?id=7").statusCode());
    String session = session();
    for (String token : new String[] {"junk", "", null}) {
      for (String cookie : new String[] {session, "a=b"}) {
        HttpResponse<String> answer = save(address, token, "Cookie", cookie);
        assertShowsNothing(answer);
        if (token != null) {
          assertEquals(412, answer.statusCode());
          assertTrue(answer.body().contains("typed"), answer.body());
        }
      }
    }
    assertEquals(0, gets.get(), "nothing that could be shown or decided by it");
  }

  @Test
  void aTokenOfAnotherRuleShowsNothing() throws Exception {
    allowed = request -> !request.getServletPath().equals("/page");
    start(true);
    String session = session();
    String token = tokenIn(server.send("GET", "/other?id=7", "Cookie", session));
    gets.set(0);
    assertShowsNothing(save("/save?_conflictguard_type=1", token, "Cookie", session));
    assertShowsNothing(save("/save", token, "Cookie", session));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other session", "no session", "logged out", "other user", "no user"})
  void aTokenThatSomebodyElseWasGivenShowsNothing(String who) throws Exception {
    start(true);
    String session = session();
    String token = tokenIn(server.send("GET", "/page?id=7", "Cookie", session, "X-User", "ada"));
    secret = "SECRET-2";
    String[] headers =
        switch (who) {
          case "other session" -> new String[] {"Cookie", session()};
          case "no session" -> new String[] {"Cookie", "a=b"};
          case "logged out" -> {
            server.send("GET", "/logout", "Cookie", session);
            yield new String[] {"Cookie", session};
          }
          case "other user" -> new String[] {"Cookie", session, "X-User", "eve"};
          default -> new String[] {"Cookie", session};
        };
    for (String address : List.of("/save", "/save?_conflictguard_type=1")) {
      HttpResponse<String> answer = save(address, token, headers);
      assertEquals(412, answer.statusCode());
      assertShowsNothing(answer);
    }
    HttpResponse<String> own =
        save("/save?_conflictguard_type=1", token, "Cookie", session, "X-User", "ada");
    assertTrue(own.body().contains("SECRET-2"), own.body());
  }

  /** Bound to nobody: it may have been handed on. */
  @Test
  void aTokenWithoutSessionAndUserShowsNothingWhereAFilterStands() throws Exception {
    start(true);
    String token = tokenIn(server.send("GET", "/page?id=7"));
    secret = "SECRET-2";
    HttpResponse<String> answer = save("/save", token);
    assertEquals(412, answer.statusCode());
    assertShowsNothing(answer);
  }

  @Test
  void whoWasServedTheFormIsShownBothVersionsUntilAPageIsRefused() throws Exception {
    start(false);
    String session = session();
    String token = tokenIn(server.send("GET", "/page?id=7", "Cookie", session));
    secret = "SECRET-2";
    HttpResponse<String> shown = save("/save", token, "Cookie", session);
    assertEquals(412, shown.statusCode());
    assertTrue(shown.body().contains("SECRET-1") && shown.body().contains("SECRET-2"));
    allowed = request -> !request.getServletPath().equals("/page");
    assertEquals(403, server.send("GET", "/page?id=7", "Cookie", session).statusCode());
    assertShowsNothing(save("/save?_conflictguard_type=1", token, "Cookie", session));
    allowed = request -> true;
    server.send("GET", "/page?id=7", "Cookie", session);
    HttpResponse<String> again = save("/save?_conflictguard_type=1", token, "Cookie", session);
    assertTrue(again.body().contains("SECRET-2"), again.body());
  }

  /** Nothing stands between, so a GET would have shown the same. */
  @Test
  void withoutFilterAndSessionTheValuesAreShownAsBefore() throws Exception {
    server.rules(RULES).filter(new ConflictFilter());
    application().start();
    String token = tokenIn(server.send("GET", "/page?id=7"));
    secret = "SECRET-2";
    assertTrue(save("/save", token).body().contains("SECRET-2"));
    assertShowsNothing(save("/save", "junk"));
  }

  // Conditional headers.

  @ParameterizedTest
  @CsvSource({"true, /write", "false, /write", "true, /count", "false, /count"})
  void aStateIsNotShownBeforeTheApplicationHasShownIt(boolean inFront, String write)
      throws Exception {
    allowed =
        request ->
            !request.getMethod().equals("GET")
                || request.getServletPath().equals("/login")
                || request.getHeader("X-Ok") != null;
    start(inFront);
    String session = session();
    String[] stale = {"Cookie", session, "If-Match", "\"guess\""};
    HttpResponse<String> refused = server.send("PUT", write + "?id=7", stale);
    assertEquals(412, refused.statusCode());
    assertFalse(problem(refused).has("current"), refused.body());
    int[] absent = {404, 410};
    for (int status : absent) {
      bodyStatus = status;
      HttpResponse<String> gone = server.send("DELETE", write + "?id=7", stale);
      assertEquals(412, gone.statusCode());
      assertEquals(masked(refused), masked(gone));
    }
    bodyStatus = 200;
    String read = write.equals("/write") ? "/body?id=7" : "/body?cid=7";
    assertEquals(403, server.send("GET", read, "Cookie", session).statusCode());
    assertFalse(problem(server.send("PUT", write + "?id=7", stale)).has("current"));
    assertEquals(200, server.send("GET", read, "Cookie", session, "X-Ok", "1").statusCode());
    assertTrue(problem(server.send("PUT", write + "?id=7", stale)).has("current"));
    for (String[] other :
        new String[][] {{"Cookie", session()}, {"Cookie", session, "Authorization", "x"}, {}}) {
      List<String> headers = new ArrayList<>(Arrays.asList(other));
      headers.addAll(List.of("If-Match", "\"guess\""));
      String[] all = headers.toArray(new String[0]);
      assertFalse(problem(server.send("PUT", write + "?id=7", all)).has("current"));
      assertFalse(problem(server.send("PUT", write + "?id=8", all)).has("current"));
    }
    assertEquals(403, server.send("GET", read, "Cookie", session).statusCode());
    // What a filter in front refuses is not seen by the guard.
    boolean shown = problem(server.send("PUT", write + "?id=7", stale)).has("current");
    assertEquals(inFront, shown);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 302})
  void aRefusalWithinTheInternalGetShowsNothingOfItself(int status) throws Exception {
    start(true);
    bodyStatus = status;
    HttpResponse<String> answer = server.send("PUT", "/write?id=7", "If-Match", "\"guess\"");
    assertEquals(status == 302 ? 412 : status, answer.statusCode());
    assertFalse(answer.body().contains("SECRET"), answer.body());
    assertFalse(answer.headers().map().toString().contains("SECRET"), answer.headers().toString());
    String challenge = answer.headers().firstValue("WWW-Authenticate").orElse("");
    assertEquals(status == 401 ? "Basic" : "", challenge);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<url-pattern>/body</url-pattern>",
        "<url-pattern>/*</url-pattern>",
        "<url-pattern>/</url-pattern>",
        "<url-pattern>/body</url-pattern><http-method>GET</http-method>",
        "<url-pattern>/body</url-pattern><http-method-omission>PUT</http-method-omission>",
      })
  void aSecurityConstraintOnTheReadHidesTheState(String collection) throws Exception {
    constraint(collection);
    HttpResponse<String> answer = server.send("PUT", "/write?id=7", "If-Match", "\"guess\"");
    assertEquals(412, answer.statusCode());
    assertFalse(problem(answer).has("current"), answer.body());
    assertTrue(server.send("HEAD", "/body?id=7").headers().firstValue("ETag").isEmpty());
    server.send("GET", "/body?id=7");
    answer = server.send("PUT", "/write?id=7", "If-Match", "\"guess\"");
    assertTrue(problem(answer).has("current"), answer.body());
    assertTrue(server.send("HEAD", "/body?id=7").headers().firstValue("ETag").isPresent());
  }

  /** The container itself decides who reads, and lets everybody write. */
  @Test
  void aStateBehindBasicAuthenticationIsShownToItsReadersAlone() throws Exception {
    server.constrain("/body/*").rules(RULES).filter(new ConflictFilter());
    application().start();
    String[] stale = {"If-Match", "\"guess\""};
    assertEquals(401, server.send("GET", "/body?id=7").statusCode());
    assertFalse(problem(server.send("PUT", "/write?id=7", stale)).has("current"));
    String[] ada = {"Authorization", "Basic YWRhOmFkYQ=="};
    String[] staleOfAda = {ada[0], ada[1], stale[0], stale[1]};
    assertFalse(problem(server.send("PUT", "/write?id=7", staleOfAda)).has("current"));
    assertEquals(200, server.send("GET", "/body?id=7", ada).statusCode());
    assertFalse(problem(server.send("PUT", "/write?id=7", stale)).has("current"));
    String[] eve = {"Authorization", "Basic ZXZlOmV2ZQ==", stale[0], stale[1]};
    HttpResponse<String> other = server.send("PUT", "/write?id=7", eve);
    assertFalse(other.body().contains("current\":"), other.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<url-pattern>/elsewhere/*</url-pattern>",
        "<url-pattern>/body</url-pattern><http-method>PUT</http-method>",
        "<url-pattern>/body</url-pattern><http-method-omission>GET</http-method-omission>",
      })
  void aSecurityConstraintElsewhereHidesNothing(String collection) throws Exception {
    constraint(collection);
    HttpResponse<String> answer = server.send("PUT", "/write?id=7", "If-Match", "\"guess\"");
    assertTrue(problem(answer).has("current"), answer.body());
  }

  @Test
  void anEncodingFilterHidesNothing() throws Exception {
    server.rules(RULES).filter(new OwnEncodingFilter()).filter(new ConflictFilter());
    application().start();
    HttpResponse<String> answer = server.send("PUT", "/write?id=7", "If-Match", "\"guess\"");
    assertTrue(problem(answer).has("current"), answer.body());
    assertEquals(404, absent());
  }

  /** Something authenticates, and it may decide as well. */
  @Test
  void anApplicationWithUsersShowsNothingUnread() throws Exception {
    server.rules(RULES).filter(new UserEncodingFilter()).filter(new ConflictFilter());
    application().start();
    assertEquals(404, absent());
    server.send("GET", "/body?id=9", "X-User", "ada");
    assertEquals(412, absent());
  }

  /** A precondition that no answer of the application can save. */
  @Test
  void theApplicationIsNotAskedWhereAKnownStateRefutes() throws Exception {
    start(true);
    server.send("PUT", "/count?id=7", "If-Match", "\"guess\"");
    assertEquals(0, gets.get());
    server.send("PUT", "/count?id=7", "If-Match", "*");
    assertEquals(1, gets.get());
  }

  @Test
  void theStartSaysWhatAnInternalGetPassesBy() throws Exception {
    Logger logger = Logger.getLogger(ConflictFilter.class.getName());
    LogLines log = new LogLines();
    logger.addHandler(log);
    try {
      start(true);
    } finally {
      logger.removeHandler(log);
    }
    String all = String.join("\n", log.lines);
    assertTrue(all.contains("[internal-get-skips-protection]"), all);
    assertTrue(all.contains(Deciding.class.getName()), all);
  }

  private int absent() throws Exception {
    bodyStatus = 404;
    return server.send("DELETE", "/write?id=7", "If-Match", "\"guess\"").statusCode();
  }

  private void constraint(String collection) throws Exception {
    server
        .file(
            "WEB-INF/web.xml",
            "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee'><security-constraint>"
                + "<web-resource-collection><web-resource-name>r</web-resource-name>"
                + collection
                + "</web-resource-collection><auth-constraint/></security-constraint></web-app>")
        .rules(RULES)
        .filter(new ConflictFilter());
    application().start();
  }

  private void start(boolean inFront) throws Exception {
    server.rules(RULES);
    if (inFront) {
      server.filter(new Deciding()).filter(new ConflictFilter());
    } else {
      server.filter(new ConflictFilter()).filter(new Deciding());
    }
    application().start();
  }

  private FilterServer application() {
    return server
        .handle("/login", (request, response) -> request.getSession())
        .handle("/logout", (request, response) -> request.getSession().invalidate())
        .handle("/page", (request, response) -> page("save", response))
        .handle("/other", (request, response) -> page("other-save", response))
        .handle(
            "/body",
            (request, response) -> {
              gets.incrementAndGet();
              response.setHeader("WWW-Authenticate", bodyStatus == 401 ? "Basic" : null);
              response.setHeader("X-Title", "SECRET");
              response.setStatus(bodyStatus);
              if (bodyStatus == 302) {
                response.setHeader("Location", "/SECRET-title");
              }
              response.setContentType("application/json");
              if (request.getMethod().equals("GET")) {
                response.getWriter().print("{\"value\":\"SECRET\"}");
              }
            })
        .handle("/save", (request, response) -> response.setStatus(204))
        .handle("/other-save", (request, response) -> response.setStatus(204))
        .handle("/count", (request, response) -> response.setStatus(204))
        .handle("/write", (request, response) -> response.setStatus(204));
  }

  private void page(String action, HttpServletResponse response) throws IOException {
    gets.incrementAndGet();
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form method=post action="
                + action
                + "><input type=hidden name=id value=7><input type=hidden name=csrf"
                + " value=CSRF-TOKEN><input name=value value='"
                + secret
                + "'></form>");
  }

  private HttpResponse<String> save(String address, String token, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html"));
    String body = "id=7&value=typed" + (token == null ? "" : "&_conflictguard=" + token);
    return server.sendBody("POST", address, body, all.toArray(new String[0]));
  }

  private String session() throws Exception {
    return server
        .send("GET", "/login")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split(";")[0];
  }

  private static void assertShowsNothing(HttpResponse<String> answer) {
    assertFalse(answer.body().contains("SECRET") || answer.body().contains("CSRF"), answer.body());
  }

  private static String tokenIn(HttpResponse<String> page) {
    Matcher token = TOKEN.matcher(page.body());
    assertTrue(token.find(), page.body());
    return token.group(1);
  }

  private static JsonNode problem(HttpResponse<String> answer) throws Exception {
    assertEquals(412, answer.statusCode());
    return new ObjectMapper().readTree(answer.body());
  }

  private static String masked(HttpResponse<String> answer) {
    return answer.body().replaceAll("urn:uuid:[0-9a-f-]+", "") + answer.headers().map().keySet();
  }

  /** Decides by the request in front of or behind the guard, and names users. */
  private final class Deciding implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletRequest http = (HttpServletRequest) request;
      boolean client = request.getDispatcherType() == jakarta.servlet.DispatcherType.REQUEST;
      if (client && !allowed.test(http)) {
        ((HttpServletResponse) response).sendError(403);
      } else {
        chain.doFilter(client ? withUser(http) : http, response);
      }
    }
  }

  private static final class OwnEncodingFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      request.setCharacterEncoding("UTF-8");
      chain.doFilter(request, response);
    }
  }

  /** Named as if it were harmless. */
  private static final class UserEncodingFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(withUser((HttpServletRequest) request), response);
    }
  }

  private static HttpServletRequest withUser(HttpServletRequest request) {
    String user = request.getHeader("X-User");
    return user == null
        ? request
        : new HttpServletRequestWrapper(request) {
          @Override
          public String getRemoteUser() {
            return user;
          }
        };
  }
}
