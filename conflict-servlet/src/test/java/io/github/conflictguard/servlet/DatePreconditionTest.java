package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dates as preconditions, where the application sends a Last-Modified: RFC 9110, 13.1.3 to 13.1.5.
 */
@Tag("container")
class DatePreconditionTest {

  private static final Instant TEN = Instant.parse("2020-01-01T10:00:00Z");

  private final AtomicInteger writes = new AtomicInteger();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private volatile Instant lastModified = TEN;
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'Wed, 01 Jan 2020 09:59:59 GMT',       200",
    "'Wed, 01 Jan 2020 10:00:00 GMT',       304",
    "'Wednesday, 01-Jan-20 10:00:00 GMT',   304",
    "'Wed Jan  1 10:00:00 2020',            304",
    "'Fri, 01 Jan 2100 00:00:00 GMT',       304",
    "'Wed, 01 Jan 2020 25:00:00 GMT',       200",
    "yesterday,                             200",
  })
  void aReadIsAnsweredWith304UpToTheDate(String since, int status) throws Exception {
    start(Map.of());
    for (String method : new String[] {"GET", "HEAD"}) {
      HttpResponse<String> answer = server.send(method, "/x", "If-Modified-Since", since);
      assertEquals(status, answer.statusCode(), method);
      assertTrue(answer.headers().firstValue("ETag").isPresent());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Wed, 01 Jan 2020 09:59:59 GMT', 412",
    "'Wed, 01 Jan 2020 10:00:00 GMT', 204",
    "'Fri, 01 Jan 2100 00:00:00 GMT', 204",
    "yesterday,                       204",
  })
  void aWriteIsRefusedWhenTheResourceChangedAfterTheDate(String since, int status)
      throws Exception {
    start(Map.of());
    assertEquals(status, server.send("PUT", "/x", "If-Unmodified-Since", since).statusCode());
    assertEquals(status == 204 ? 1 : 0, writes.get());
  }

  @Test
  void theRefusalSpeaksOfDates() throws Exception {
    start(Map.of());
    HttpResponse<String> answer =
        server.send("PUT", "/x", "If-Unmodified-Since", "Wed Jan  1 09:00:00 2020");
    Map<?, ?> problem = new ObjectMapper().readValue(answer.body(), Map.class);
    assertEquals("If-Unmodified-Since", problem.get("header"));
    assertEquals("Wed, 01 Jan 2020 09:00:00 GMT", problem.get("sent"));
    assertEquals("Wed, 01 Jan 2020 10:00:00 GMT", problem.get("current"));
  }

  @Test
  void anEntityTagOverrulesADate() throws Exception {
    start(Map.of());
    String tag = server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
    String late = "Fri, 01 Jan 2100 00:00:00 GMT";
    String early = "Wed, 01 Jan 2020 09:00:00 GMT";
    assertEquals(
        200,
        server
            .send("GET", "/x", "If-None-Match", "\"other\"", "If-Modified-Since", late)
            .statusCode());
    assertEquals(
        204, server.send("PUT", "/x", "If-Match", tag, "If-Unmodified-Since", early).statusCode());
    assertEquals(
        412,
        server
            .send("PUT", "/x", "If-Match", "\"other\"", "If-Unmodified-Since", late)
            .statusCode());
  }

  @Test
  void aDateSatisfiesADemandWhereThereIsADateAndNowhereElse() throws Exception {
    start(Map.of("requirePrecondition", "/*"));
    String late = "Fri, 01 Jan 2100 00:00:00 GMT";
    assertEquals(204, server.send("PUT", "/x", "If-Unmodified-Since", late).statusCode());
    lastModified = null;
    assertEquals(428, server.send("PUT", "/x", "If-Unmodified-Since", late).statusCode());
    assertEquals(428, server.send("PUT", "/x", "If-Unmodified-Since", "now").statusCode());
    assertEquals(428, server.send("PUT", "/x", "If-Modified-Since", late).statusCode());
    assertEquals(1, writes.get());
  }

  /** 8.8.2.1. */
  @Test
  void aModificationDateToComeIsNotBelieved() throws Exception {
    start(Map.of());
    lastModified = Instant.now().plus(Duration.ofDays(365));
    assertEquals(
        304,
        server
            .send("GET", "/x", "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")
            .statusCode());
  }

  /** 13.1.5: the application would judge a tag that it does not know, or not at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v1\"",
        "W/\"v1\"",
        "Wed, 01 Jan 2020 10:00:00 GMT",
        "\"0123456789ABCDEF0123456789ABCDEF\""
      })
  void aRangeOnAConditionOfTheApplicationIsLeftToIt(String condition) throws Exception {
    start(Map.of());
    server.send("GET", "/x", "Range", "bytes=0-1", "If-Range", condition);
    assertEquals(List.of("bytes=0-1 " + condition), ranges);
  }

  @Test
  void aRangeOnATagOfOursBecomesAReadOfTheWhole() throws Exception {
    start(Map.of());
    String tag = server.send("GET", "/x").headers().firstValue("ETag").orElseThrow();
    ranges.clear();
    HttpResponse<String> answer = server.send("GET", "/x", "Range", "bytes=0-1", "If-Range", tag);
    assertEquals(200, answer.statusCode());
    assertEquals(List.of("null null"), ranges);
  }

  private void start(Map<String, String> initParams) throws Exception {
    server
        .filter(new ConflictFilter(), initParams)
        .handle(
            "/x",
            (request, response) -> {
              if (request.getMethod().equals("PUT")) {
                writes.incrementAndGet();
                response.setStatus(204);
                return;
              }
              ranges.add(request.getHeader("Range") + " " + request.getHeader("If-Range"));
              Instant date = lastModified;
              if (date != null) {
                response.setDateHeader("Last-Modified", date.toEpochMilli());
              }
              response.setContentType("application/json");
              response.getWriter().print("{}");
            })
        .start();
  }
}
