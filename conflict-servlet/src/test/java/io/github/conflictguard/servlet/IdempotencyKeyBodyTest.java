package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of every kind and length are compared, and reach the application unchanged. */
@Tag("container")
class IdempotencyKeyBodyTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final AtomicInteger executed = new AtomicInteger();
  private final FilterServer server = new FilterServer();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void start() throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "all", "write": "/*", "tag": "none", "idempotencyKey": "required"}]}
            """)
        .filter(new ConflictFilter(), Map.of())
        .multipart("/parts/*")
        .handle(
            "/parts/*",
            (request, response) -> {
              StringBuilder content = new StringBuilder();
              for (jakarta.servlet.http.Part part : request.getParts()) {
                try (InputStream in = part.getInputStream()) {
                  content.append(part.getName()).append('=').append(in.readAllBytes().length);
                }
              }
              done(response, content.toString());
            })
        .handle(
            "/form",
            (request, response) -> done(response, String.valueOf(request.getParameter("a"))))
        .handle("/none", (request, response) -> done(response, ""))
        .handle("/completed", this::complete)
        .handle("/dispatched", this::dispatch)
        .handle(
            "/*",
            (request, response) ->
                done(response, "" + request.getInputStream().readAllBytes().length))
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/stream, 70000, false",
    "/stream, 3000000, false",
    "/stream, 10, true",
    "/stream, 3000000, true",
    "/stream, 0, true",
  })
  void bodyOfAnyLengthIsCompared(String path, int length, boolean chunked) throws Exception {
    byte[] body = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
    assertExecuted(send(path, "text/plain", body, chunked), length + " 1");
    assertRepeated(send(path, "text/plain", body, chunked));
    byte[] longer = (new String(body, StandardCharsets.US_ASCII) + "y").getBytes();
    assertReused(send(path, "text/plain", longer, chunked));
    if (length > 0) {
      body[length - 1] = 'y';
      assertReused(send(path, "text/plain", body, chunked));
    }
    assertEquals(1, executed.get());
  }

  /** Nothing is known of it, so that the response is not given away. */
  @Test
  void bodyThatTheApplicationHasNotReadIsNotCompared() throws Exception {
    assertEquals("200", statusWhenAskedFirst());
    assertEquals("409", statusWhenAskedFirst());
    assertEquals(1, executed.get());
  }

  /** Sends the body only when it is requested. */
  private String statusWhenAskedFirst() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.ask(
          "POST",
          "/none",
          "HTTP/1.1",
          "Idempotency-Key: k",
          "Expect: 100-continue",
          "Content-Length: 1",
          "Connection: close");
      String head = client.readUntil("\r\n\r\n");
      if (head.startsWith("HTTP/1.1 100 ")) {
        head = client.send("x").readUntil("\r\n\r\n");
      }
      return head.split(" ", 3)[1];
    }
  }

  @Test
  void formsReachTheApplication() throws Exception {
    assertExecuted(send("/form", FORM, "a=x+y&b=1".getBytes(), false), "x y 1");
    assertRepeated(send("/form", FORM, "a=x+y&b=1".getBytes(), false));
    assertReused(send("/form", FORM, "a=x+y&b=2".getBytes(), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/parts/a", "/stream"})
  void boundaryOfAMultipartBodyDoesNotCount(String path) throws Exception {
    assertEquals(200, multipart(path, "AaB03x", 100).statusCode());
    assertRepeated(multipart(path, "AaB03x", 100));
    assertRepeated(multipart(path, "----WebKitFormBoundary7MA4YWxkTrZu0gW", 100));
    assertReused(multipart(path, "AaB03x", 101));
    assertReused(multipart(path, "other", 99));
    assertEquals(1, executed.get());
  }

  @Test
  void longMultipartBodyThatIsReadAsAStreamIsCompared() throws Exception {
    assertEquals(200, multipart("/stream", "AaB03x", 3_000_000).statusCode());
    assertRepeated(multipart("/stream", "anotherBoundary", 3_000_000));
    assertReused(multipart("/stream", "AaB03x", 3_000_001));
  }

  @Test
  void longMultipartBodyOfTheContainerIsNotComparedButExecutedOnce() throws Exception {
    assertEquals(200, multipart("/parts/a", "AaB03x", 3_000_000).statusCode());
    assertEquals(409, multipart("/parts/a", "AaB03x", 3_000_000).statusCode());
    assertEquals(1, executed.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/completed", "/dispatched"})
  void asynchronousResponseIsRepeated(String path) throws Exception {
    assertExecuted(send(path, "text/plain", "{}".getBytes(), false), "async 1");
    assertRepeated(send(path, "text/plain", "{}".getBytes(), false));
    assertReused(send(path, "text/plain", "[]".getBytes(), false));
    assertEquals(1, executed.get());
  }

  private void complete(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    new Thread(
            () -> {
              try {
                done((HttpServletResponse) async.getResponse(), "async");
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              } finally {
                async.complete();
              }
            })
        .start();
  }

  private void dispatch(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getAttribute("again") != null) {
      done(response, "async");
      return;
    }
    request.setAttribute("again", true);
    AsyncContext async = request.startAsync();
    new Thread(async::dispatch).start();
  }

  private void done(HttpServletResponse response, String text) throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print(text + ' ' + executed.incrementAndGet());
  }

  private HttpResponse<String> multipart(String path, String boundary, int length)
      throws Exception {
    String body =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--AaB03\r\n--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.bin\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n"
            + "x".repeat(length)
            + "\r\n--"
            + boundary
            + "--\r\n";
    return send(path, "multipart/form-data; boundary=" + boundary, body.getBytes(), false);
  }

  private HttpResponse<String> send(String path, String type, byte[] body, boolean chunked)
      throws Exception {
    BodyPublisher sent =
        chunked
            ? BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))
            : BodyPublishers.ofByteArray(body);
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/app" + path))
            .header("Idempotency-Key", "k")
            .header("Content-Type", type)
            .POST(sent)
            .build(),
        BodyHandlers.ofString());
  }

  private static void assertExecuted(HttpResponse<String> response, String body) {
    assertEquals(body, response.body());
    assertEquals("", response.headers().firstValue("Idempotent-Replayed").orElse(""));
  }

  private static void assertRepeated(HttpResponse<String> response) {
    assertEquals(
        "true", response.headers().firstValue("Idempotent-Replayed").orElse(response.body()));
    assertEquals(200, response.statusCode());
  }

  private static void assertReused(HttpResponse<String> response) {
    assertEquals(422, response.statusCode(), response.body());
  }
}
