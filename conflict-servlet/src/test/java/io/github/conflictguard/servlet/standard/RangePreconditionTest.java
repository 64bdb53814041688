package io.github.conflictguard.servlet.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preconditions come before Range (RFC 9110, 14.2), and a part carries the tag of the whole. */
@Tag("container")
class RangePreconditionTest {

  private static final String NINE = "Wed, 01 Jan 2020 09:00:00 GMT";

  private final KeptRecord record = new KeptRecord();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "none, own",
    "none, ours",
    "body, own",
    "body, ours",
    "counter, ours",
    "counter, own",
    "counter+ask, ours",
    "query, ours",
    "resolver, ours",
    "application, own"
  })
  void partIsSentOnlyWherePreconditionsHold(String source, String tagOf) throws Exception {
    record.tag = tagOf.equals("own") ? "\"v1\"" : null;
    start(source);
    HttpResponse<String> whole = server.send("GET", "/x");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> part = server.send("GET", "/x", "Range", "bytes=0-3");
    assertEquals(206, part.statusCode());
    assertEquals("0123", part.body());
    assertEquals(tag, part.headers().firstValue("ETag").orElse("none"), "15.3.7");
    assertEquals(412, part("If-Match", "\"other\""));
    assertEquals(412, part("If-Unmodified-Since", NINE));
    assertEquals(304, part("If-None-Match", tag));
    assertEquals(206, part("If-Match", tag));
    assertEquals(206, part("If-None-Match", "\"other\""));
    assertEquals(206, part("If-Match", "*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "body", "counter"})
  void partThatIsNotOfTheWholeHasNoTag(String source) throws Exception {
    server.handle(
        "/y",
        (request, response) -> {
          response.setContentType("application/json");
          if (request.getHeader("Range") == null) {
            response.getOutputStream().print("other");
          } else {
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes 0-1/5");
            response.getOutputStream().print("{}");
          }
        });
    start(source);
    HttpResponse<String> part = server.send("GET", "/y", "Range", "bytes=0-1");
    assertEquals(206, part.statusCode());
    assertEquals("none", part.headers().firstValue("ETag").orElse("none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "body", "counter", "query", "resolver"})
  void preconditionComesBeforeARangeThatCannotBeSatisfied(String source) throws Exception {
    start(source);
    String range = "bytes=99-";
    assertEquals(416, server.send("GET", "/x", "Range", range).statusCode());
    assertEquals(
        412, server.send("GET", "/x", "Range", range, "If-Match", "\"other\"").statusCode());
    String tag = server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
    assertEquals(416, server.send("GET", "/x", "Range", range, "If-Match", tag).statusCode());
  }

  @Test
  void ifRangeWithATagOfTheSourceGetsTheWhole() throws Exception {
    start("counter");
    String tag = server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
    assertEquals(200, part("If-Range", tag));
    assertEquals(200, part("If-Range", "\"other\""));
  }

  private int part(String header, String value) throws Exception {
    return server.send("GET", "/x", "Range", "bytes=0-3", header, value).statusCode();
  }

  private void start(String source) throws Exception {
    if (!source.equals("none")) {
      server.rules(TagSources.rules(source, "")).attribute("db", TagSources.database());
    }
    server.filter(new ConflictFilter()).handle("/x", record).start();
  }
}
