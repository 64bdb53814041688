package io.github.conflictguard.servlet.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.standard.KeptRecord.Shape;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The application's own ETag and Last-Modified count, whatever the answer that carries them. */
@Tag("container")
class OwnValidatorsTest {

  private static final String NINE = "Wed, 01 Jan 2020 09:00:00 GMT";
  private static final String TEN = "Wed, 01 Jan 2020 10:00:00 GMT";
  private static final String OURS = "\"0123456789abcdef0123456789abcdef\"";

  private final KeptRecord record = new KeptRecord();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void ownTagDecidesWritesOfARule(Shape shape) throws Exception {
    start(shape, "body");
    assertEquals(412, send("PUT", "If-Match", "\"v0\""));
    assertEquals(412, send("DELETE", "If-Match", "W/\"v1\""));
    assertEquals(412, send("PUT", "If-None-Match", "\"v1\""));
    assertEquals(412, send("PUT", "If-None-Match", "W/\"v1\""));
    assertEquals(412, send("PUT", "If-None-Match", "*"));
    assertEquals(412, send("PUT", "If-Unmodified-Since", NINE));
    assertEquals(412, send("PUT", "If-Match", "\"v0\"", "If-Unmodified-Since", TEN));
    assertEquals(0, record.writes.get());
    assertEquals(204, send("PUT", "If-Match", "\"v1\""));
    assertEquals(204, send("PUT", "If-None-Match", "\"v0\""));
    assertEquals(204, send("PUT", "If-Match", "*", "If-Unmodified-Since", NINE));
    assertEquals(204, send("DELETE", "If-Match", "\"v0\", \"v1\""));
    assertEquals(4, record.writes.get());
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void ownDateDecidesWhereThereIsNoTag(Shape shape) throws Exception {
    start(shape, "body");
    record.tag = null;
    assertEquals(412, send("PUT", "If-Unmodified-Since", NINE));
    assertEquals(204, send("PUT", "If-Unmodified-Since", TEN));
    assertEquals(304, send("GET", "If-Modified-Since", TEN));
    assertEquals(200, send("GET", "If-Modified-Since", NINE));
    assertEquals(412, send("GET", "If-Unmodified-Since", NINE));
    assertEquals(412, send("HEAD", "If-Unmodified-Since", NINE));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void staleDateIsRefusedWithTheJarAlone(Shape shape) throws Exception {
    start(shape, null);
    assertEquals(412, send("PUT", "If-Unmodified-Since", NINE));
    assertEquals(0, record.writes.get());
    assertEquals(204, send("PUT", "If-Unmodified-Since", TEN));
    record.tag = null;
    assertEquals(412, send("PUT", "If-Unmodified-Since", NINE));
    assertEquals(204, send("PUT", "If-Unmodified-Since", TEN));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void ownTagDecidesReads(Shape shape) throws Exception {
    for (String rule : new String[] {null, "body", "application"}) {
      try (FilterServer each = new FilterServer()) {
        start(each, shape, rule);
        String at = shape + " " + rule + " ";
        for (String method : new String[] {"GET", "HEAD"}) {
          assertEquals(304, status(each, method, "If-None-Match", "\"v1\""), at);
          assertEquals(304, status(each, method, "If-None-Match", "W/\"v1\""), at);
          assertEquals(200, status(each, method, "If-None-Match", "\"v0\""), at);
          assertEquals(412, status(each, method, "If-Match", "\"v0\""), at);
          assertEquals(412, status(each, method, "If-Match", OURS), at);
          assertEquals(200, status(each, method, "If-Match", "\"v1\""), at);
          assertEquals(412, status(each, method, "If-Unmodified-Since", NINE), at);
          assertEquals(200, status(each, method, "If-Unmodified-Since", TEN), at);
          assertEquals(304, status(each, method, "If-Modified-Since", TEN), at);
        }
        HttpResponse<String> whole = each.send("GET", "/x", "If-Match", "\"v1\"");
        int length = shape.name().startsWith("LONG") ? KeptRecord.LENGTH_OF_LONG : 10;
        assertEquals(length, whole.body().length(), at);
        assertEquals("\"v1\"", whole.headers().firstValue("ETag").orElse(""));
      }
    }
  }

  /** Without an own tag, the date may be that of the template of each user's own page. */
  @Test
  void dateOfAPageIsLeftToTheApplicationWithoutARule() throws Exception {
    start(Shape.HTML, null);
    record.tag = null;
    assertEquals(200, send("GET", "If-Modified-Since", TEN));
    assertEquals(412, send("GET", "If-Unmodified-Since", NINE));
  }

  /** The tag in an answer is the one that guards a write, whatever the answer is. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void tagThatIsShownGuardsAWrite(Shape shape) throws Exception {
    for (String source :
        new String[] {"body", "counter", "counter+ask", "query", "resolver", "form+ask"}) {
      for (String own : new String[] {"\"v1\"", null}) {
        try (FilterServer each = new FilterServer()) {
          each.attribute("db", TagSources.database());
          start(each, shape, source);
          record.tag = own;
          HttpResponse<String> read = each.send("GET", "/x");
          String tag = read.headers().firstValue("ETag").orElse(null);
          String at = shape + " " + source + " " + own + " " + tag;
          assertEquals(412, status(each, "PUT", "If-Match", "\"v0\""), at);
          if (tag != null) {
            assertEquals(
                tag, each.send("HEAD", "/x").headers().firstValue("ETag").orElse(null), at);
            assertEquals(304, status(each, "GET", "If-None-Match", tag), at);
            assertEquals(412, status(each, "PUT", "If-None-Match", tag), at);
            assertEquals(204, status(each, "PUT", "If-Match", tag), at);
          } else {
            // Too long, or beside forms, where the date of the application stays the validator.
            assertTrue(source.equals("body") || source.equals("form+ask"), at);
          }
        }
      }
    }
  }

  /** 13.1.1: what has no tag has not the one that is named. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void tagOnWhatHasNoneIsRefusedOnReads(Shape shape) throws Exception {
    start(shape, null);
    record.tag = null;
    record.modified = null;
    for (String method : new String[] {"GET", "HEAD"}) {
      assertEquals(412, send(method, "If-Match", "\"v1\""));
      assertEquals(412, send(method, "If-Match", OURS));
      assertEquals(200, send(method, "If-Match", "*"));
      assertEquals(200, send(method, "If-None-Match", "\"v1\""));
    }
  }

  @Test
  void refusalCarriesTheCurrentTag() throws Exception {
    start(Shape.HTML, "body");
    for (String method : new String[] {"PUT", "GET"}) {
      HttpResponse<String> answer = server.send(method, "/x", "If-Match", "\"v0\"");
      assertEquals(412, answer.statusCode());
      assertEquals("\"v1\"", answer.headers().firstValue("ETag").orElse("none"), method);
    }
    HttpResponse<String> page =
        server.send("PUT", "/x", "If-Match", "\"v0\"", "Accept", "text/html");
    assertEquals("\"v1\"", page.headers().firstValue("ETag").orElse("none"));
  }

  private void start(Shape shape, String rule) throws Exception {
    start(server, shape, rule);
  }

  private void start(FilterServer each, Shape shape, String rule) throws Exception {
    record.shape = shape;
    record.tag = "\"v1\"";
    if (rule != null) {
      each.rules(TagSources.rules(rule, ""));
    }
    each.filter(new ConflictFilter(), Map.of("bufferLimit", "10000")).handle("/x", record).start();
  }

  private int send(String method, String... headers) throws Exception {
    return status(server, method, headers);
  }

  private static int status(FilterServer each, String method, String... headers) throws Exception {
    return each.send(method, "/x", headers).statusCode();
  }
}
