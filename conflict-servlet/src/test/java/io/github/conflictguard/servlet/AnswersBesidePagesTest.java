package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validators under a rule with forms: of pages that are completed, and of everything else. */
@Tag("container")
class AnswersBesidePagesTest {

  private static final long DATE = 1_700_000_000_000L;
  private static final String SENT_DATE = "Tue, 14 Nov 2023 22:13:20 GMT";

  private final FilterServer server = new FilterServer();
  private final AtomicInteger bodies = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "application/pdf, form, ''",
    "image/png, form, ''",
    "application/json, form, ''",
    "application/pdf, none, ''",
    "application/pdf, form, no-store",
    "application/pdf, form, long"
  })
  void whatIsNoPageKeepsTheDateOfTheApplicationAndIts304(String type, String source, String how)
      throws Exception {
    start(type, source, how);
    HttpResponse<String> first = server.send("GET", "/file");
    assertEquals(200, first.statusCode());
    assertEquals(SENT_DATE, first.headers().firstValue("Last-Modified").orElse(""));
    HttpResponse<String> again = server.send("GET", "/file", "If-Modified-Since", SENT_DATE);
    assertEquals(304, again.statusCode());
    HttpResponse<String> older =
        server.send("GET", "/file", "If-Modified-Since", "Tue, 14 Nov 2022 22:13:20 GMT");
    assertEquals(200, older.statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/pdf", "image/png"})
  void whatIsNoPageKeepsItsRanges(String type) throws Exception {
    start(type, "form", "ranges");
    server.send("GET", "/file");
    assertEquals(206, server.send("GET", "/file", "Range", "bytes=0-1").statusCode());
  }

  /** Their bytes change with each token, so a validator of the page behind them would lie. */
  @ParameterizedTest
  @ValueSource(strings = {"form", "counter", "body", "none"})
  void aCompletedPageHasNoValidator(String source) throws Exception {
    start("text/html", source, "");
    for (String method : new String[] {"GET", "GET", "HEAD"}) {
      HttpResponse<String> page = server.send(method, "/file", "If-Modified-Since", SENT_DATE);
      assertEquals(200, page.statusCode());
      assertTrue(method.equals("HEAD") || page.body().contains("_conflictguard"), page.body());
      assertTrue(page.headers().firstValue("ETag").isEmpty(), page.headers().toString());
      assertTrue(page.headers().firstValue("Last-Modified").isEmpty(), page.headers().toString());
    }
  }

  private void start(String type, String source, String how) throws Exception {
    server
        .filter(new ConflictFilter(), Map.of())
        .rules(
            """
            {"rules": [{"name": "r", "key": "k", "read": "/file", "write": "POST /save",
              "tag": "%s", "forms": true}]}
            """
                .formatted(source))
        .servlet("/file", new Dated(type, how))
        .start();
  }

  /** Answers with 304 by its date, as the base class of servlets does. */
  private final class Dated extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private final String type;
    private final String how;

    Dated(String type, String how) {
      this.type = type;
      this.how = how;
    }

    @Override
    protected long getLastModified(HttpServletRequest request) {
      return DATE;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      bodies.incrementAndGet();
      response.setContentType(type);
      if (type.equals("text/html")) {
        response.setHeader("ETag", "\"of the page\"");
      }
      if (how.equals("no-store")) {
        response.setHeader("Cache-Control", "no-store");
      }
      if (how.equals("ranges") && request.getHeader("Range") != null) {
        response.setStatus(206);
        response.setHeader("Content-Range", "bytes 0-1/4");
        response.getOutputStream().write("ab".getBytes(UTF_8));
        return;
      }
      response
          .getOutputStream()
          .write("<form method=post action=save><input name=a></form>".getBytes(UTF_8));
      if (how.equals("long")) {
        response.getOutputStream().write(new byte[2 * 1024 * 1024]);
      }
    }
  }
}
