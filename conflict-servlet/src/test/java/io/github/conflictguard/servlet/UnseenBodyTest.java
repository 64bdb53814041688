package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response whose bytes do not pass the filter has no entity tag of the filter. */
@Tag("container")
class UnseenBodyTest {

  private static final String SENDFILE = "org.apache.tomcat.sendfile.";

  @TempDir Path folder;
  private final FilterServer server = new FilterServer();
  private Path file;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void fileThatTheContainerSendsHasNoTag(String method) throws Exception {
    startWithFile();
    boolean offered = ask("GET", "/offered").text().equals("true");
    RawAnswer answer = ask(method, "/file");
    assertEquals("100000", answer.header("Content-Length"));
    if (method.equals("GET")) {
      assertEquals(Files.readString(file), answer.text());
    }
    assertEquals(offered, answer.header("ETag") == null, answer.headers().toString());
  }

  @Test
  void filesThatTheContainerSendsAreNotTakenForOneAnother() throws Exception {
    startWithFile();
    String tagOfNothing = ask("GET", "/nothing").header("ETag");
    assertNotNull(tagOfNothing);
    RawAnswer answer = ask("GET", "/file", "If-None-Match: " + tagOfNothing);
    assertEquals("HTTP/1.1 200", status(answer));
    assertEquals("HTTP/1.1 412", status(ask("DELETE", "/file", "If-Match: " + tagOfNothing)));
  }

  @Test
  void internalGetSeesTheBytesOfAFile() throws Exception {
    startWithFile();
    assertEquals("HTTP/1.1 204", status(ask("DELETE", "/file", "If-Match: *")));
    String tag = ask("GET", "/copied").header("ETag");
    assertNotNull(tag);
    assertEquals("HTTP/1.1 204", status(ask("DELETE", "/file", "If-Match: " + tag)));
    Files.writeString(file, "y".repeat(100_000));
    assertEquals("HTTP/1.1 412", status(ask("DELETE", "/file", "If-Match: " + tag)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Sendfile", "X-Accel-Redirect", "X-LIGHTTPD-send-file"})
  void fileThatAServerInFrontSendsHasNoTag(String header) throws Exception {
    start(
        (request, response) -> {
          if (request.getMethod().equals("DELETE")) {
            response.setStatus(204);
          } else {
            json(response).setHeader(header, "/files/1.json");
          }
        });
    for (String method : new String[] {"GET", "HEAD"}) {
      assertNull(ask(method, "/file").header("ETag"), method);
    }
    String tagOfNothing = ask("GET", "/nothing").header("ETag");
    assertEquals("HTTP/1.1 412", status(ask("DELETE", "/file", "If-Match: " + tagOfNothing)));
  }

  /** As after a failure in the middle: what was announced is the whole, and this is a part. */
  @Test
  void bodyShorterThanDeclaredHasNoTag() throws Exception {
    start(
        (request, response) -> {
          json(response).setContentLength(10);
          response.getOutputStream().print("[1,");
        });
    try (RawClient client = new RawClient(server.port())) {
      client.ask("GET", "/file", "HTTP/1.1", "Connection: close");
      assertNull(client.answer("GET").header("ETag"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "UTF-16BE"})
  void bodyOfTheDeclaredLengthHasATagInEveryCharset(String charset) throws Exception {
    String text = "[\"M\u00fcller\"]";
    start(
        (request, response) -> {
          response.setContentType("application/json");
          response.setCharacterEncoding(charset);
          response.setContentLength(text.getBytes(charset).length);
          if (request.getMethod().equals("DELETE")) {
            response.reset();
            response.setStatus(204);
          } else {
            response.getWriter().write(text);
          }
        });
    String tag = ask("GET", "/file").header("ETag");
    assertNotNull(tag);
    assertEquals("HTTP/1.1 204", status(ask("DELETE", "/file", "If-Match: " + tag)));
  }

  @Test
  void answerThatTheContainerSendsIsNotReplayedWithoutItsBody() throws Exception {
    startWithFile();
    String tag = ask("GET", "/copied").header("ETag");
    String body = "Content-Length: 0";
    RawAnswer first = ask("PUT", "/file", "If-Match: " + tag, body, "Authorization: Basic eDp5");
    assertEquals(100_000, first.text().length());
    Files.writeString(file, "z".repeat(100_000));
    RawAnswer again = ask("PUT", "/file", "If-Match: " + tag, body, "Authorization: Basic eDp5");
    assertNotEquals("HTTP/1.1 200", status(again));
  }

  private void startWithFile() throws Exception {
    file = Files.writeString(folder.resolve("file.json"), "x".repeat(100_000));
    server.handle(
        "/offered",
        (request, response) ->
            response
                .getWriter()
                .print(Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))));
    server.handle("/copied", (request, response) -> copy(json(response)));
    start(
        (request, response) -> {
          if (request.getMethod().equals("DELETE")) {
            response.setStatus(204);
          } else {
            send(request, json(response));
          }
        });
  }

  private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentLengthLong(Files.size(file));
    if (Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))) {
      request.setAttribute(SENDFILE + "filename", file.toString());
      request.setAttribute(SENDFILE + "start", 0L);
      request.setAttribute(SENDFILE + "end", Files.size(file));
    } else {
      copy(response);
    }
  }

  private void copy(HttpServletResponse response) throws IOException {
    Files.copy(file, response.getOutputStream());
  }

  private void start(Handler handler) throws Exception {
    server
        .filter(new ConflictFilter(), Map.of("holdMillis", "60000"))
        .handle("/file", handler)
        .handle("/nothing", (request, response) -> json(response))
        .start();
  }

  private RawAnswer ask(String method, String path, String... headers) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return client.ask(method, path, "HTTP/1.1", headers).answer(method);
    }
  }

  private static HttpServletResponse json(HttpServletResponse response) {
    response.setContentType("application/json");
    return response;
  }

  private static String status(RawAnswer answer) {
    return answer.statusLine().substring(0, 12);
  }
}
