package io.github.conflictguard.servlet.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule judges with tags of its own, and what the application answers by itself. */
@Tag("container")
class RulesAndApplicationTest {

  private static final String TEN = "Wed, 01 Jan 2020 10:00:00 GMT";
  private static final String NINE = "Wed, 01 Jan 2020 09:00:00 GMT";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger writes = new AtomicInteger();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** It would find its own tag in none of the requests, and refuse what is right. */
  @ParameterizedTest
  @ValueSource(strings = {"counter", "counter+ask", "query", "resolver"})
  void applicationDoesNotSeeTheTagsOfARule(String source) throws Exception {
    start(source, "", this::judge);
    String tag = tagOfRead();
    assertFalse(tag.contains("own"), tag);
    assertEquals(200, send("GET", "If-Match", tag));
    assertEquals(200, send("HEAD", "If-Match", tag, "If-Unmodified-Since", NINE));
    assertEquals(304, send("GET", "If-None-Match", tag));
    assertEquals(200, send("GET", "If-None-Match", "\"own\""));
    assertEquals(412, send("GET", "If-Match", "\"own\""));
    assertEquals(204, send("PUT", "If-Match", tag, "If-Unmodified-Since", NINE));
    assertEquals(List.of(), seen);
  }

  /** 15.4.5: its own 304 carries the tag that its 200 would have. */
  @ParameterizedTest
  @ValueSource(strings = {"counter", "query", "resolver"})
  void notModifiedOfTheApplicationCarriesTheTagOfTheRule(String source) throws Exception {
    start(source, "", this::judge);
    String tag = tagOfRead();
    HttpResponse<String> answer = server.send("GET", "/x", "If-Modified-Since", TEN);
    assertEquals(304, answer.statusCode());
    assertEquals(List.of(tag), answer.headers().allValues("ETag"));
  }

  /** 13.2.1: who may not see the record is told that, not how to send a precondition. */
  @ParameterizedTest
  @CsvSource({"counter+ask, 401", "counter+ask, 403", "body, 401", "body, 403", "query+ask, 403"})
  void refusalOfTheApplicationComesBeforeTheDemand(String source, int status) throws Exception {
    start(
        source,
        "\"required\": true",
        (request, response) -> {
          if (request.getMethod().equals("GET")) {
            response.setHeader("WWW-Authenticate", "Basic");
            response.sendError(status);
          } else {
            writes.incrementAndGet();
          }
        });
    HttpResponse<String> answer = server.send("PUT", "/x");
    assertEquals(status, answer.statusCode());
    assertEquals("Basic", answer.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(0, writes.get());
  }

  @ParameterizedTest
  @CsvSource({"counter, 403", "counter+ask, 200", "counter+ask, 404", "body, 500", "query, 401"})
  void preconditionIsDemandedWhereTheApplicationDoesNotRefuse(String source, int status)
      throws Exception {
    start(
        source,
        "\"required\": true",
        (request, response) -> {
          if (request.getMethod().equals("GET") && status != 200) {
            response.sendError(status);
          } else if (request.getMethod().equals("GET")) {
            response.getOutputStream().print("{}");
          } else {
            writes.incrementAndGet();
          }
        });
    assertEquals(428, send("PUT"));
    assertEquals(428, send("DELETE"));
    assertEquals(0, writes.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "counter", "query", "resolver"})
  void refusalCarriesTheCurrentTagWhereItMayBeShown(String source) throws Exception {
    start(source, "", this::judge);
    String tag = tagOfRead();
    // Under body the application judges reads by its own tag, and answers by itself.
    List<String> methods =
        source.equals("body") ? List.of("PUT", "DELETE") : List.of("PUT", "DELETE", "GET", "HEAD");
    for (String method : methods) {
      HttpResponse<String> answer = server.send(method, "/x", "If-Match", "\"old\"");
      assertEquals(412, answer.statusCode());
      assertEquals(List.of(tag), answer.headers().allValues("ETag"), method);
    }
    assertEquals(List.of(), seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "counter+ask"})
  void refusalTellsNoTagToThoseWhoHaveNotSeenTheRecord(String source) throws Exception {
    server.constrain("/x");
    start(source, "", this::judge);
    HttpResponse<String> answer = server.send("PUT", "/x", "If-Match", "\"old\"");
    assertEquals(412, answer.statusCode());
    assertEquals(List.of(), answer.headers().allValues("ETag"));
  }

  /** An application that judges every tag by its own, and dates as the servlet base class does. */
  private void judge(HttpServletRequest request, HttpServletResponse response) throws IOException {
    for (String name : new String[] {"If-Match", "If-None-Match", "If-Unmodified-Since"}) {
      String value = request.getHeader(name);
      if (value != null) {
        seen.add(request.getMethod() + " " + name + ": " + value);
        response.setStatus(412);
        return;
      }
    }
    response.setHeader("ETag", "\"own\"");
    response.setHeader("Last-Modified", TEN);
    if (request.getMethod().equals("PUT")) {
      response.setStatus(204);
    } else if (request.getHeader("If-Modified-Since") != null) {
      response.setStatus(304);
    } else {
      response.setContentType("application/json");
      response.getOutputStream().print("{}");
    }
  }

  private String tagOfRead() throws Exception {
    return server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
  }

  private void start(String source, String more, Handler handler) throws Exception {
    server
        .rules(TagSources.rules(source, more))
        .attribute("db", TagSources.database())
        .filter(new ConflictFilter())
        .handle("/x", handler)
        .start();
  }

  private int send(String method, String... headers) throws Exception {
    return server.send(method, "/x", headers).statusCode();
  }
}
