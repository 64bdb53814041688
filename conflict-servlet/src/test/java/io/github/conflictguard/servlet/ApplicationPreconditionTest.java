package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application with preconditions of its own judges them itself, unless a rule takes them over.
 */
@Tag("container")
class ApplicationPreconditionTest {

  private static final String OF_OUR_FORM = "\"0123456789abcdef0123456789abcdef\"";

  private final FilterServer server = new FilterServer();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** OData compares weak tags in If-Match as they are; others send versions without quotes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"W/\"'7'\"", "\"7\"", "7", "v7", "W/7", "\"a\" \"b\"", "\"x\", W/\"'7'\""})
  void theApplicationsOwnIfMatchReachesItAsItCame(String value) throws Exception {
    start("W/\"'7'\"");
    assertEquals(204, send("PUT", "If-Match", value));
    assertEquals(List.of("PUT If-Match=" + value), seen);
  }

  @Test
  void theApplicationsOwnRefusalReachesTheClient() throws Exception {
    start("W/\"'7'\"");
    assertEquals(409, send("PATCH", "If-Match", "W/\"'refused'\""));
  }

  /** Its tag may be no tag by the grammar. */
  @Test
  void anApplicationWithABareVersionInItsTagJudgesItself() throws Exception {
    start("7");
    assertEquals(204, send("PUT", "If-Match", "7"));
  }

  @ParameterizedTest
  @CsvSource({"If-Match, *", "If-None-Match, *", "If-None-Match, \"7\""})
  void whereTheApplicationShowsATagOfItsOwnItJudgesEverything(String header, String value)
      throws Exception {
    start("\"7\"");
    assertEquals(204, send("PUT", header, value));
    assertEquals(List.of("PUT " + header + "=" + value), seen);
  }

  /** An action below a record carries the record's tag, and there is nothing to read there. */
  @ParameterizedTest
  @CsvSource({"405, POST", "501, POST", "500, POST", "503, PUT", "406, PUT", "404, POST"})
  void whatCannotBeReadIsJudgedByTheApplication(int status, String method) throws Exception {
    server
        .filter(new ConflictFilter())
        .handle(
            "/x",
            (request, response) -> {
              if (request.getMethod().equals("GET")) {
                response.sendError(status);
              } else {
                note(request, response);
              }
            })
        .start();
    assertEquals(204, send(method, "If-Match", "W/\"'7'\""));
    assertEquals(204, send(method, "If-Match", "7"));
    seen.clear();
    assertEquals(412, send(method, "If-Match", OF_OUR_FORM), "a tag of the filter's form");
    assertEquals(412, send(method, "If-Match", "*"));
    assertEquals(400, send(method, "If-Match", OF_OUR_FORM.replace("\"", "")));
    assertEquals(List.of(), seen);
  }

  @Test
  void anApplicationWithoutTagsIsProtectedAsBefore() throws Exception {
    start(null);
    assertEquals(412, send("PUT", "If-Match", "\"7\""));
    assertEquals(412, send("PUT", "If-Match", "W/\"'7'\""));
    assertEquals(400, send("PUT", "If-Match", "7"));
    assertEquals(412, send("PUT", "If-None-Match", "*"));
    assertEquals(List.of(), seen);
  }

  /** A filter behind the guard makes the tag, which the guard does not get when it asks. */
  @Test
  void aTagThatReadsCarriedIsTheApplications() throws Exception {
    server
        .filter(new ConflictFilter())
        .filter(
            (request, response, chain) -> {
              if (request.getDispatcherType() == DispatcherType.REQUEST) {
                ((HttpServletResponse) response).setHeader("ETag", "\"from-a-filter\"");
              }
              chain.doFilter(request, response);
            })
        .handle("/x", (request, response) -> answer(request, response, null))
        .start();
    assertEquals(412, send("PUT", "If-Match", "\"from-a-filter\""));
    assertEquals(200, send("GET"));
    assertEquals(204, send("PUT", "If-Match", "\"from-a-filter\""));
    assertEquals(412, send("PUT", "If-Match", OF_OUR_FORM));
  }

  /** MD5 in hexadecimal: tags of an application may look like those of the filter. */
  @ParameterizedTest
  @ValueSource(strings = {"", "W/"})
  void tagsOfTheApplicationMayLookLikeThoseOfTheFilter(String weak) throws Exception {
    start(weak + OF_OUR_FORM);
    assertEquals(204, send("PUT", "If-Match", weak + OF_OUR_FORM));
  }

  @Test
  void aTagOfTheFiltersFormIsJudgedByTheFilterWhereTheApplicationHasOthers() throws Exception {
    start("\"7\"");
    assertEquals(412, send("PUT", "If-Match", OF_OUR_FORM));
    assertEquals(412, send("PUT", "If-Match", "\"6\", " + OF_OUR_FORM));
    assertEquals(List.of(), seen);
  }

  @ParameterizedTest
  @CsvSource({"application, 7", "application, W/7", "native, 7", "none, 7", "none, '\"a'"})
  void underTheTagsOfTheApplicationNothingIsMalformed(String source, String value)
      throws Exception {
    start("\"7\"", tagOf(source));
    assertEquals(204, send("PUT", "If-Match", value));
    assertEquals(204, send("PUT", "If-None-Match", value));
    assertEquals(2, seen.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "counter"})
  void aRuleTakesTheJudgementOver(String source) throws Exception {
    start("\"7\"", tagOf(source));
    assertEquals(412, send("PUT", "If-Match", "\"6\""));
    assertEquals(412, send("PUT", "If-Match", "W/\"7\""));
    assertEquals(400, send("PUT", "If-Match", "7"));
    assertEquals(List.of(), seen);
  }

  @ParameterizedTest
  @CsvSource({"\"7\", 304", "\"6\", 200"})
  void theApplicationsOwn304Passes(String tag, int status) throws Exception {
    start("\"7\"");
    assertEquals(status, send("GET", "If-None-Match", tag));
  }

  /** What the container serves by itself is its business: 405 where it is not to be written. */
  @ParameterizedTest
  @ValueSource(strings = {"*", "\"x\"", "W/\"2-1\"", "5", "its own"})
  void staticFilesAreTheContainersBusiness(String value) throws Exception {
    for (boolean writable : new boolean[] {false, true}) {
      assertEquals(writes(writable, value, "off"), writes(writable, value, "protect"));
    }
  }

  @Test
  void observedPreconditionsOfTheApplicationAreNotCountedAsFailed() throws Exception {
    server
        .filter(new ConflictFilter(), Map.of("mode", "observe"))
        .handle("/x", (request, response) -> answer(request, response, "W/\"'7'\""))
        .start();
    assertEquals(204, send("PUT", "If-Match", "W/\"'7'\""));
    assertEquals(204, send("PUT", "If-Match", "7"));
    assertEquals(0L, ((CompositeData[]) attribute("Rules"))[0].get("failedPreconditions"));
    send("PUT", "If-Match", OF_OUR_FORM);
    assertEquals(1L, ((CompositeData[]) attribute("Rules"))[0].get("failedPreconditions"));
  }

  @Test
  void whatIsLeftToTheApplicationIsToldOnceForEachSortOfPath() throws Exception {
    server
        .filter(new ConflictFilter())
        .handle("/orders/*", (request, response) -> answer(request, response, "\"7\""))
        .start();
    for (int i = 0; i < 5; i++) {
      server.send("PUT", "/orders/" + i, "If-Match", "\"7\"");
    }
    List<String> findings =
        Arrays.stream((CompositeData[]) attribute("Findings"))
            .filter(finding -> finding.get("code").equals("own-preconditions"))
            .map(finding -> String.valueOf(finding.get("found")))
            .toList();
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.get(0).contains("/orders/*"), findings.toString());
  }

  private static Object attribute(String name) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName bean =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    return beans.getAttribute(bean, name);
  }

  private static String writes(boolean writable, String value, String mode) throws Exception {
    try (FilterServer files = new FilterServer()) {
      files
          .file("file.txt", "hello")
          .filter(new ConflictFilter(), Map.of("mode", mode))
          .withFiles(writable)
          .start();
      String own = files.send("GET", "/file.txt").headers().firstValue("ETag").orElse("\"none\"");
      String sent = value.equals("its own") ? own : value;
      StringBuilder answers = new StringBuilder();
      for (String method : new String[] {"PUT", "DELETE"}) {
        HttpResponse<String> answer =
            files.sendBody(method, "/file.txt", "other", "If-Match", sent);
        answers.append(method).append(' ').append(answer.statusCode()).append(' ');
      }
      return answers.toString();
    }
  }

  private void start(String tag) throws Exception {
    server
        .filter(new ConflictFilter())
        .handle("/x", (request, response) -> answer(request, response, tag))
        .start();
  }

  private void start(String tag, String source) throws Exception {
    server
        .filter(new ConflictFilter())
        .rules(
            """
            {"rules": [{"name": "x", "key": "x", "read": "GET /x", "write": "PUT /x", "tag": %s}]}
            """
                .formatted(source))
        .handle("/x", (request, response) -> answer(request, response, tag))
        .start();
  }

  private static String tagOf(String source) {
    return source.equals("native")
        ? "{\"source\": \"native\", \"field\": \"version\"}"
        : '"' + source + '"';
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, String tag)
      throws IOException {
    if (!request.getMethod().equals("GET")) {
      note(request, response);
      return;
    }
    if (tag != null) {
      response.setHeader("ETag", tag);
      if (tag.equals(request.getHeader("If-None-Match"))) {
        response.setStatus(304);
        return;
      }
    }
    response.setContentType("application/json");
    response.getWriter().print("{}");
  }

  private void note(HttpServletRequest request, HttpServletResponse response) {
    for (String header : new String[] {"If-Match", "If-None-Match"}) {
      String value = request.getHeader(header);
      if (value != null) {
        seen.add(request.getMethod() + " " + header + "=" + value);
        response.setStatus(value.contains("refused") ? 409 : 204);
      }
    }
  }

  private int send(String method, String... headers) throws Exception {
    return server.send(method, "/x", headers).statusCode();
  }
}
