package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A write that the application has certainly refused makes nothing old; every other one does. */
@Tag("container")
class WhatCountsAsWriteTest {

  private static final Pattern TOKEN =
      Pattern.compile("name=\"_conflictguard\" value=\"([^\"]+)\"");

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        307, 308, 400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 417, 421, 422,
        428, 429, 431, 451, 501
      })
  void aRefusalIsNoWrite(int status) throws Exception {
    start("");
    String member = member();
    String before = tag(member);
    assertEquals(status, attempt(String.valueOf(status)).statusCode());
    assertEquals(before, tag(member));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 207, 402, 408, 423, 424, 500, 502, 503})
  void everythingElseMayBeOne(int status) throws Exception {
    start("");
    String member = member();
    String before = tag(member);
    attempt(String.valueOf(status));
    assertNotEquals(before, tag(member));
  }

  @ParameterizedTest
  @ValueSource(strings = {"302 /list", "303 /record/1", "302 /catalogInfo", "throw"})
  void aRedirectToAnotherPageAndAFailureMayBeOne(String answer) throws Exception {
    start("");
    String member = member();
    String before = tag(member);
    attempt(answer);
    assertNotEquals(before, tag(member));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"302 /login", "302 /login.jsp?from=x", "303 /user/signIn.do", "302 /auth/login"})
  void aRedirectToTheLoginIsNoneWhereNobodyIsLoggedIn(String answer) throws Exception {
    start("");
    String member = member();
    String before = tag(member);
    attempt(answer);
    attempt(answer, "Cookie", visitor());
    assertEquals(before, tag(member));
  }

  @Test
  void strangersDoNotMakeAFreshFormOld() throws Exception {
    start("");
    String member = member();
    String form = form(member);
    for (String answer : new String[] {"302 /login", "400", "404", "401"}) {
      attempt(answer);
      attempt(answer, "Cookie", visitor());
    }
    HttpResponse<String> saved = save(form, "302 /list", "Cookie", member);
    assertEquals(302, saved.statusCode(), saved.body());
    HttpResponse<String> late = save(form(member), "302 /list", "Cookie", member);
    assertEquals(302, late.statusCode());
  }

  @Test
  void aSuccessfulWriteOfAStrangerMakesAFormOld() throws Exception {
    start("");
    String member = member();
    String form = form(member);
    attempt("302 /list");
    assertEquals(412, save(form, "302 /list", "Cookie", member).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalidate", "forget"})
  void whoHasToLogInAgainAfterAChangeHasWritten(String session) throws Exception {
    start("");
    String member = member();
    String other = member();
    String before = tag(other);
    attempt("302 /login", "Cookie", member, "X-Session", session);
    assertNotEquals(before, tag(other));
  }

  @Test
  void aClientThatWasServedTheFormHasWritten() throws Exception {
    start("");
    String member = member();
    String before = tag(member);
    assertEquals(302, save(form(member), "302 /login", "Cookie", member).statusCode());
    assertNotEquals(before, tag(member));
  }

  @Test
  void whereThePagesAreOpenToAllARedirectToTheLoginMayFollowARegistration() throws Exception {
    start("");
    String before = tag("none=0");
    attempt("302 /login");
    assertNotEquals(before, tag("none=0"));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"failed\": \"302 /denied*\",', 302 /denied?why=x, true",
    "'\"failed\": [\"200\", \"503\"],', 503, true",
    "'\"failed\": \"302 /denied*\",', 302 /list, false",
    "'\"stored\": \"422\",', 422, false",
    "'\"stored\": \"409\",', 409, false",
    "'\"stored\": \"302 /login\",', 302 /login, false",
    "'\"failed\": \"4xx\", \"stored\": \"423\",', 423, false",
    "'\"failed\": \"4xx\", \"stored\": \"423\",', 424, true"
  })
  void aRuleMayNameWhatWasStoredAndWhatWasNot(String fields, String answer, boolean same)
      throws Exception {
    start(fields);
    String member = member();
    String before = tag(member);
    attempt(answer);
    assertEquals(same, before.equals(tag(member)));
  }

  @Test
  void aFormThatWasRefusedIsCarriedOutWhenItIsSentAgain() throws Exception {
    start("\"failed\": \"302 /denied\",");
    String member = member();
    String form = form(member);
    save(form, "302 /denied", "Cookie", member);
    HttpResponse<String> again = save(form, "302 /denied", "Cookie", member);
    assertEquals("", again.headers().firstValue("Idempotent-Replayed").orElse(""));
    HttpResponse<String> stored = save(form, "302 /list", "Cookie", member);
    assertEquals(302, stored.statusCode());
    HttpResponse<String> replayed = save(form, "302 /list", "Cookie", member);
    assertEquals("true", replayed.headers().firstValue("Idempotent-Replayed").orElse(""));
  }

  private void start(String fields) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/record/{id}",
              "write": "/record/{id}", "tag": "counter", %s "forms": true}]}
            """
                .formatted(fields))
        .filter(new ConflictFilter(), Map.of("detectBy", "thrown"))
        .handle("/enter", (request, response) -> request.getSession().setAttribute("user", "u"))
        .handle("/visit", (request, response) -> request.getSession().setAttribute("seen", "1"))
        .handle("/record/*", this::handle)
        .start();
  }

  private void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
    if (request.getMethod().equals("GET")) {
      boolean html = String.valueOf(request.getHeader("Accept")).contains("html");
      response.setContentType(html ? "text/html" : "text/plain");
      response.getOutputStream().print("<form method=post action=1><input name=a value=b></form>");
      return;
    }
    HttpSession session = request.getSession(false);
    String change = request.getHeader("X-Session");
    if (session != null && "invalidate".equals(change)) {
      session.invalidate();
    } else if (session != null && "forget".equals(change)) {
      session.removeAttribute("user");
    }
    String[] answer = request.getHeader("X-Answer").split(" ");
    if (answer[0].equals("throw")) {
      throw new IllegalStateException("m");
    }
    int status = Integer.parseInt(answer[0]);
    if (answer.length == 1) {
      response.setStatus(status);
    } else if (status == 302) {
      response.sendRedirect("/app" + answer[1]);
    } else {
      response.setStatus(status);
      response.setHeader("Location", "/app" + answer[1]);
    }
  }

  private HttpResponse<String> attempt(String answer, String... headers) throws Exception {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "X-Answer";
    all[1] = answer;
    return server.send("POST", "/record/1", all);
  }

  private HttpResponse<String> save(String token, String answer, String name, String value)
      throws Exception {
    return server.sendBody(
        "POST",
        "/record/1",
        "a=c&_conflictguard=" + token,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "X-Answer",
        answer,
        name,
        value);
  }

  private String member() throws Exception {
    return cookie("/enter");
  }

  private String visitor() throws Exception {
    return cookie("/visit");
  }

  private String cookie(String path) throws Exception {
    return server.send("GET", path).headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private String form(String cookie) throws Exception {
    String page = server.send("GET", "/record/1", "Cookie", cookie, "Accept", "text/html").body();
    Matcher token = TOKEN.matcher(page);
    assertEquals(true, token.find(), page);
    return token.group(1);
  }

  private String tag(String cookie) throws Exception {
    return server
        .send("GET", "/record/1", "Cookie", cookie)
        .headers()
        .firstValue("ETag")
        .orElseThrow();
  }
}
