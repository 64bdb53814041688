package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the filter learns, before a write, what is there: it asks the application. */
@Tag("container")
class CurrentStateTest {

  private final AtomicInteger writes = new AtomicInteger();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** 13.2.1: who may not see the resource learns that, and nothing of its state. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalOfTheApplicationWinsOverThePrecondition(int status) throws Exception {
    start(
        (request, response) -> {
          response.setHeader("WWW-Authenticate", "Basic");
          response.sendError(status);
        });
    HttpResponse<String> answer = server.send("PUT", "/x", "If-Match", "\"a\"");
    assertEquals(status, answer.statusCode());
    assertEquals("Basic", answer.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(0, writes.get());
  }

  @Test
  void aRedirectToTheLoginWinsOverThePrecondition() throws Exception {
    start((request, response) -> response.sendRedirect("/app/login?x=1"));
    HttpResponse<String> answer = server.send("DELETE", "/x", "If-Match", "\"a\"");
    assertEquals(302, answer.statusCode());
    assertTrue(answer.headers().firstValue("Location").orElse("").endsWith("/app/login?x=1"));
    assertEquals(0, writes.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void whatIsNotThereFailsIfMatchAndPassesCreateOnly(int read) throws Exception {
    start((request, response) -> response.sendError(read));
    for (String method : new String[] {"PUT", "POST"}) {
      assertEquals(412, server.send(method, "/x", "If-Match", "*").statusCode());
      assertEquals(204, server.send(method, "/x", "If-None-Match", "*").statusCode());
    }
    assertEquals(2, writes.get());
  }

  /** 13.2.1: nothing can be created here, so the application would have said the same. */
  @ParameterizedTest
  @CsvSource({"404, DELETE", "410, DELETE", "404, PATCH"})
  void whatIsNotThereCannotBeDeletedWhateverThePrecondition(int read, String method)
      throws Exception {
    start((request, response) -> response.sendError(read));
    assertEquals(read, server.send(method, "/x", "If-Match", "\"a\"").statusCode());
    assertEquals(0, writes.get());
  }

  /** Fail closed: what nobody can read satisfies no precondition of ours, one way or the other. */
  @ParameterizedTest
  @ValueSource(ints = {405, 406, 500, 503})
  void aStateThatCannotBeReadFailsEveryPrecondition(int status) throws Exception {
    start((request, response) -> response.sendError(status));
    String ours = "\"0123456789abcdef0123456789abcdef\"";
    for (String header : new String[] {"If-Match", "If-None-Match"}) {
      for (String value : new String[] {"*", ours, "\"a\", " + ours}) {
        assertEquals(412, server.send("PUT", "/x", header, value).statusCode());
      }
    }
    assertEquals(412, server.send("PUT", "/x", "If-None-Match", "\"a\"").statusCode());
    assertEquals(0, writes.get());
  }

  @Test
  void anApplicationThatFailsWhileAskedFailsEveryPrecondition() throws Exception {
    start(
        (request, response) -> {
          throw new IllegalStateException("m");
        });
    assertEquals(412, server.send("PUT", "/x", "If-Match", "*").statusCode());
    assertEquals(412, server.send("PUT", "/x", "If-None-Match", "*").statusCode());
    assertEquals(0, writes.get());
  }

  @Test
  void anAnswerThatIsNotTaggedHasNoTagHereEither() throws Exception {
    start(
        (request, response) -> {
          response.setContentType("text/html");
          response.getWriter().print("<p>");
        });
    assertEquals(412, server.send("PUT", "/x", "If-Match", "\"a\"").statusCode());
    assertEquals(204, server.send("PUT", "/x", "If-Match", "*").statusCode());
    assertEquals(412, server.send("PUT", "/x", "If-None-Match", "*").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "writer", "writer in Latin-1", "forward"})
  void theTagIsTheSameWhicheverWayTheBodyIsWritten(String way) throws Exception {
    server.handle(
        "/target",
        (request, response) -> {
          response.setContentType("application/json");
          response.getWriter().print("{\"forwarded\":true}");
        });
    start(
        (request, response) -> {
          response.setContentType("application/json");
          switch (way) {
            case "stream" -> response.getOutputStream().print("{}");
            case "writer" -> response.getWriter().print("{\"\u00e4\":\"\u20ac\"}");
            case "writer in Latin-1" -> {
              response.setCharacterEncoding("ISO-8859-1");
              response.getWriter().print("{\"\u00e4\":1}");
            }
            default -> request.getRequestDispatcher("/target").forward(request, response);
          }
        });
    String tag = server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
    assertEquals(204, server.send("PUT", "/x", "If-Match", tag).statusCode());
    assertEquals(412, server.send("PUT", "/x", "If-None-Match", tag).statusCode());
  }

  @Test
  void theApplicationsOwnTagCountsWhereARuleSaysThatItIsJudged() throws Exception {
    server.rules(
        """
        {"rules": [{"name": "x", "key": "x", "read": "GET /x", "write": "PUT /x", "tag": "body"}]}
        """);
    start(
        (request, response) -> {
          response.setHeader("ETag", "\"v7\"");
          response.setContentType("application/json");
          response.getWriter().print("{}");
        });
    HttpResponse<String> read = server.send("GET", "/x");
    assertEquals(List.of("\"v7\""), read.headers().allValues("ETag"));
    assertEquals(304, server.send("GET", "/x", "If-None-Match", "\"v7\"").statusCode());
    assertEquals(204, server.send("PUT", "/x", "If-Match", "\"v7\"").statusCode());
    assertEquals(412, server.send("PUT", "/x", "If-Match", "\"v6\"").statusCode());
  }

  @Test
  void thePreconditionIsHiddenFromTheApplicationOnlyWhenTheTagIsOurs() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    server
        .filter(new ConflictFilter())
        .handle(
            "/x",
            (request, response) -> {
              if (request.getMethod().equals("PUT")) {
                seen.add(String.valueOf(request.getHeader("If-Match")));
                response.setStatus(204);
              } else {
                if (request.getParameter("own") != null) {
                  response.setHeader("ETag", "\"v7\"");
                }
                response.setContentType("application/json");
                response.getWriter().print("{}");
              }
            })
        .start();
    String ours = server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
    server.send("PUT", "/x", "If-Match", ours);
    server.send("PUT", "/x?own=1", "If-Match", "\"v7\"");
    assertEquals(List.of("null", "\"v7\""), seen);
  }

  @Test
  void theQuestionIsAPlainGetForTheSameTargetAndLeavesTheBodyAlone() throws Exception {
    List<String> questions = new CopyOnWriteArrayList<>();
    List<String> bodies = new CopyOnWriteArrayList<>();
    server
        .filter(new ConflictFilter())
        .handle(
            "/x/*",
            (request, response) -> {
              if (request.getMethod().equals("GET")) {
                questions.add(describe(request));
                response.setContentType("application/json");
                response.getWriter().print("{}");
              } else {
                request.setCharacterEncoding("UTF-8");
                bodies.add(request.getParameter("name") + request.getParameter("q"));
                response.setStatus(204);
              }
            })
        .start();
    String path = "/x/a%20b;v=1/%C3%A4?q=1%2B1&q=%C3%A4&empty";
    server.send("GET", path);
    HttpResponse<String> answer =
        server.sendBody(
            "POST",
            path,
            "name=%C3%A4%E2%82%AC&q=body",
            "If-Match",
            "*",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "X-HTTP-Method-Override",
            "DELETE",
            "Range",
            "bytes=0-1");
    assertEquals(204, answer.statusCode());
    assertEquals(2, questions.size());
    assertEquals(questions.get(0), questions.get(1));
    assertEquals(List.of("\u00e4\u20ac1+1"), bodies);
  }

  @Test
  void aSessionOrCookieOfTheQuestionNeverReachesTheClient() throws Exception {
    start(
        (request, response) -> {
          request.getSession().setAttribute("cart", new ArrayList<>());
          response.addCookie(new Cookie("seen", "1"));
          response.setHeader("Set-Cookie", "also=1");
          response.setContentType("application/json");
          response.getWriter().print("{}");
        });
    for (String[] precondition :
        new String[][] {{"If-Match", "*"}, {"If-Match", "\"other\""}, {"If-None-Match", "*"}}) {
      HttpResponse<String> answer = server.send("PUT", "/x", precondition);
      assertEquals(List.of(), answer.headers().allValues("Set-Cookie"), answer.toString());
    }
  }

  @Test
  void aSessionThatTheApplicationEndsItselfIsEndedOnce() throws Exception {
    start(
        (request, response) -> {
          request.getSession().invalidate();
          json(response);
        });
    assertEquals(204, server.send("PUT", "/x", "If-Match", "*").statusCode());
  }

  /** Calling the chain twice would skip them on Tomcat, on the request that counts. */
  @Test
  void filtersBehindOursSeeTheRealRequestOnceAndMayRefuseIt() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    server
        .filter(new ConflictFilter())
        .filter(
            new SecurityFilter(
                request -> {
                  seen.add(request.getMethod() + " " + request.getDispatcherType());
                  return request.getHeader("Authorization") != null;
                }))
        .handle("/x", reading((request, response) -> json(response)))
        .start();
    assertEquals(403, server.send("PUT", "/x", "If-Match", "*").statusCode());
    assertEquals(0, writes.get());
    seen.removeIf(entry -> entry.startsWith("GET"));
    assertEquals(List.of("PUT REQUEST"), seen);
    assertEquals(204, server.send("PUT", "/x", "If-Match", "*", "Authorization", "x").statusCode());
    assertEquals(1, writes.get());
  }

  @Test
  void anAnswerBeyondTheLimitHasNoTag() throws Exception {
    server
        .filter(new ConflictFilter(), Map.of("bufferLimit", "10"))
        .handle(
            "/x",
            reading(
                (request, response) -> {
                  response.setContentType("application/json");
                  response.getWriter().print("12345678901");
                }))
        .start();
    HttpResponse<String> read = server.send("GET", "/x");
    assertEquals("12345678901", read.body());
    assertNull(read.headers().firstValue("ETag").orElse(null));
    assertEquals(412, server.send("PUT", "/x", "If-Match", "\"a\"").statusCode());
    assertEquals(204, server.send("PUT", "/x", "If-Match", "*").statusCode());
  }

  private void start(Handler read) throws Exception {
    server.filter(new ConflictFilter()).handle("/x", reading(read)).start();
  }

  /** Reads as given; every other method counts as a write that was carried out. */
  private Handler reading(Handler read) {
    return (request, response) -> {
      if (request.getMethod().equals("GET")) {
        read.handle(request, response);
      } else {
        writes.incrementAndGet();
        response.setStatus(204);
      }
    };
  }

  private static void json(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.getWriter().print("{}");
  }

  /** All that a handler can tell requests apart by, but for what dispatching adds. */
  private static String describe(HttpServletRequest request) throws Exception {
    StringBuilder all = new StringBuilder();
    all.append(request.getMethod()).append(' ').append(request.getRequestURI());
    all.append(' ').append(request.getServletPath()).append(' ').append(request.getPathInfo());
    all.append(' ').append(request.getQueryString());
    for (String name : new TreeSet<>(Collections.list(request.getParameterNames()))) {
      all.append(' ').append(name).append('=').append(List.of(request.getParameterValues(name)));
    }
    all.append(' ')
        .append(request.getContentType())
        .append(' ')
        .append(request.getInputStream().read());
    for (String header : new String[] {"Range", "If-Match", "X-HTTP-Method-Override"}) {
      all.append(' ').append(request.getHeader(header));
    }
    return all.toString();
  }
}
