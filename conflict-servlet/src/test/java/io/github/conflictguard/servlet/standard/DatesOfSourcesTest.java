package io.github.conflictguard.servlet.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.standard.KeptRecord.Shape;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dates under every source of entity tags, also where the source has none and the application shows
 * one: RFC 9110, 13.1.3, 13.1.4 and 8.8.2.2.
 */
@Tag("container")
class DatesOfSourcesTest {

  private static final String NINE = "Wed, 01 Jan 2020 09:00:00 GMT";
  private static final String TEN = "Wed, 01 Jan 2020 10:00:00 GMT";

  private final KeptRecord record = new KeptRecord();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body",
        "counter",
        "counter+ask",
        "query",
        "query+ask",
        "resolver",
        "resolver+ask",
        "form"
      })
  void dateOfTheApplicationDecides(String source) throws Exception {
    start(source);
    HttpResponse<String> read = server.send("GET", "/x");
    assertEquals(TEN, read.headers().firstValue("Last-Modified").orElse(""));
    assertEquals(412, send("PUT", "If-Unmodified-Since", NINE));
    assertEquals(412, send("DELETE", "If-Unmodified-Since", NINE));
    assertEquals(0, record.writes.get());
    assertEquals(412, send("GET", "If-Unmodified-Since", NINE));
    assertEquals(412, send("HEAD", "If-Unmodified-Since", NINE));
    assertEquals(200, send("GET", "If-Unmodified-Since", TEN));
    assertEquals(304, send("GET", "If-Modified-Since", TEN));
    assertEquals(204, send("PUT", "If-Unmodified-Since", TEN));
  }

  /** The same for pages, whose validators are not shown when their forms get tokens. */
  @ParameterizedTest
  @ValueSource(strings = {"form", "form+ask", "counter", "counter+ask"})
  void dateOfAPageDecides(String source) throws Exception {
    record.shape = Shape.HTML;
    record.text = "<form method=post action=x><input name=a></form>";
    start(source, "\"forms\": true");
    assertEquals(200, send("GET"));
    assertEquals(412, send("PUT", "If-Unmodified-Since", NINE));
    assertEquals(412, send("GET", "If-Unmodified-Since", NINE));
    assertEquals(200, send("GET", "If-Unmodified-Since", TEN));
    assertEquals(0, record.writes.get());
    assertEquals(204, send("PUT", "If-Unmodified-Since", TEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "query", "resolver", "form"})
  void dateThatCannotBeKnownRefusesAWrite(String source) throws Exception {
    start(source);
    assertEquals(412, send("PUT", "If-Unmodified-Since", TEN));
    assertEquals(0, record.writes.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "form"})
  void dateFromBeforeAWriteIsNotKnownAnyMore(String source) throws Exception {
    start(source);
    assertEquals(200, send("GET"));
    assertEquals(204, send("PUT"));
    assertEquals(412, send("PUT", "If-Unmodified-Since", TEN));
    record.modified = KeptRecord.TEN.plusSeconds(60);
    assertEquals(200, send("GET"));
    assertEquals(412, send("PUT", "If-Unmodified-Since", TEN));
    assertEquals(204, send("PUT", "If-Unmodified-Since", "Wed, 01 Jan 2020 10:01:00 GMT"));
  }

  /** 13.1.4: a resource without a date. */
  @ParameterizedTest
  @ValueSource(strings = {"body", "counter", "counter+ask", "query+ask", "resolver"})
  void dateIsIgnoredWhereTheApplicationShowsNone(String source) throws Exception {
    record.modified = null;
    start(source);
    assertEquals(200, send("GET"));
    assertEquals(204, send("PUT", "If-Unmodified-Since", NINE));
    assertEquals(200, send("GET", "If-Unmodified-Since", NINE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter+ask", "query+ask", "form+ask", "body"})
  void applicationThatFailsWhenAskedRefusesDatesAndStars(String source) throws Exception {
    start(source);
    record.readStatus = 500;
    assertEquals(412, send("PUT", "If-Unmodified-Since", TEN));
    if (!source.startsWith("query")) {
      assertEquals(412, send("PUT", "If-Match", "*"));
      assertEquals(412, send("PUT", "If-None-Match", "*"));
    }
    assertEquals(0, record.writes.get());
  }

  /** 8.8.2.2: the second write is not told from the first one by its date. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "body", "counter", "counter+ask", "query+ask", "resolver+ask"})
  void secondWriteOfASecondMakesItsDateWeak(String source) throws Exception {
    record.datedByWrites = true;
    start(source);
    String date = dateOfTwoWrites();
    int writes = record.writes.get();
    assertEquals(412, send("PUT", "If-Unmodified-Since", date));
    assertEquals(writes, record.writes.get());
    assertEquals(200, send("GET", "If-Modified-Since", date), "it may be the older one");
    assertEquals(412, send("GET", "If-Unmodified-Since", date));
  }

  /** The clock of the application need not be that of the filter. */
  @Test
  void dateThatAWriteHasNotChangedIsWeak() throws Exception {
    start("counter+ask");
    assertEquals(200, send("GET"));
    assertEquals(204, send("PUT"));
    assertEquals(412, send("PUT", "If-Unmodified-Since", TEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "body", "counter+ask"})
  void oneWriteLeavesItsDateStrong(String source) throws Exception {
    record.datedByWrites = true;
    start(source);
    assertEquals(204, send("PUT"));
    String date = HttpDate.format(record.modified);
    assertEquals(200, send("GET"));
    assertEquals(204, send("PUT", "If-Unmodified-Since", date));
  }

  @Test
  void partsOfSecondsInTheDateOfAResolverDoNotCount() throws Exception {
    start("resolver");
    TagSources.resolved =
        SelectedRepresentation.present(EntityTag.strong("v1"), KeptRecord.TEN.plusMillis(900));
    assertEquals(204, send("PUT", "If-Unmodified-Since", TEN));
    assertEquals(304, send("GET", "If-Modified-Since", TEN));
    TagSources.resolved =
        SelectedRepresentation.present(
            EntityTag.strong("v1"), Instant.now().plus(Duration.ofDays(9)));
    Instant shown =
        HttpDate.parse(
            server.send("GET", "/x").headers().firstValue("Last-Modified").orElse(""),
            Instant.now());
    assertTrue(!shown.isAfter(Instant.now()), "8.8.2.1");
  }

  /** 13.1.3 and 13.1.4: what cannot be read is not absent. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "body", "counter", "query", "resolver"})
  void malformedTagStillOverrulesItsDate(String source) throws Exception {
    start(source);
    assertEquals(200, send("GET", "If-None-Match", "v1", "If-Modified-Since", TEN));
    assertEquals(200, send("GET", "If-None-Match", "*, *", "If-Modified-Since", TEN));
    assertEquals(200, send("GET", "If-Match", "v1", "If-Unmodified-Since", NINE));
    assertEquals(400, send("PUT", "If-Match", "v1", "If-Unmodified-Since", TEN));
  }

  private String dateOfTwoWrites() throws Exception {
    while (true) {
      assertEquals(204, send("PUT"));
      Instant first = record.modified.truncatedTo(ChronoUnit.SECONDS);
      assertEquals(200, send("GET"));
      assertEquals(204, send("PUT"));
      if (first.equals(record.modified.truncatedTo(ChronoUnit.SECONDS))) {
        assertEquals(200, send("GET"));
        return HttpDate.format(first);
      }
      assertNotEquals(0, record.writes.get());
    }
  }

  private void start(String source) throws Exception {
    start(source, "");
  }

  private void start(String source, String more) throws Exception {
    if (!source.equals("none")) {
      server.rules(TagSources.rules(source, more)).attribute("db", TagSources.database());
    }
    server.filter(new ConflictFilter()).handle("/x", record).start();
  }

  private int send(String method, String... headers) throws Exception {
    return server.send(method, "/x", headers).statusCode();
  }
}
