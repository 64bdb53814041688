package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two servers, one without the filter and one with rules that read parameters: the application gets
 * the same parameters from both, and where its container refuses them, so it does behind the
 * filter.
 */
@Tag("container")
@TestInstance(Lifecycle.PER_CLASS)
class ParameterParityTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final FilterServer plain =
      new FilterServer().withDefaults().handle("/*", ParameterParityTest::show);
  private final FilterServer guarded =
      new FilterServer()
          .withDefaults()
          .filter(new ConflictFilter())
          .handle("/*", ParameterParityTest::show);

  @BeforeAll
  void start() throws Exception {
    plain.start();
    guarded
        .rules(
            """
            {"rules": [
              {"name": "form", "write": "POST|PUT /form?form.none={none}", "tag": "counter"},
              {"name": "page", "write": "PUT /page", "tag": "body"}]}
            """)
        .start();
  }

  @AfterAll
  void stop() throws Exception {
    plain.close();
    guarded.close();
  }

  private static void show(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    StringBuilder shown = new StringBuilder();
    Map<String, String[]> sorted = new TreeMap<>(request.getParameterMap());
    sorted.forEach(
        (name, values) ->
            shown
                .append(escaped(name))
                .append('=')
                .append(escaped(request.getParameter(name)))
                .append(' ')
                .append(escaped(Arrays.toString(request.getParameterValues(name))))
                .append(escaped(Arrays.toString(values)))
                .append('\n'));
    String all = shown.toString();
    response.setContentType("text/plain");
    response
        .getWriter()
        .write(all.length() < 5000 ? all : all.length() + " " + sorted.size() + all.hashCode());
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(c > 32 && c < 127 ? "" + (char) c : "<" + c + ">"));
    return escaped.toString();
  }

  static String[] encoded() {
    return new String[] {
      "p=1",
      "p=1&p=2&q=3",
      "p=%",
      "p=%&q=1",
      "p=%zz&q=1",
      "p=%4&q=1",
      "p=1%&p=2",
      "p=%u0041",
      "%zz=1&q=1",
      "a+b=c+d",
      "&&p=1&&&q=2&",
      "p",
      "p&q",
      "p=",
      "=x&q=1",
      "=&q=1",
      "p=1;q=2",
      "p=a=b",
      "%70=%31",
      "p=%C3%A9",
      "p=%E9",
      "p=%C3%28&q=1",
      "p=%F0%9F%98%80",
      "p=%00",
      "p=%2B+%20",
      "&",
      "=",
      "%",
      "p=1#x",
    };
  }

  @ParameterizedTest
  @MethodSource("encoded")
  void formIsReadAsByTheContainer(String body) throws Exception {
    assertSame("POST", "/form", body, FORM);
    assertSame("POST", "/form", body, FORM + "; charset=UTF-8");
    assertSame("POST", "/form", body, FORM + ";charset=iso-8859-1");
    assertSame("PUT", "/form", body, FORM);
  }

  @ParameterizedTest
  @MethodSource("encoded")
  void queryIsReadAsByTheContainerBesideAForm(String query) throws Exception {
    assertSame("POST", "/form?" + query.replace("#", ""), "p=b&r=c", FORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bogus", "", "\"\"", "utf-16", "x-JISAutoDetect", "ISO-2022-CN", "\u00e9", "a b"})
  void charsetIsTakenAsByTheContainer(String charset) throws Exception {
    assertSame("POST", "/form", "p=1&q=%E9", FORM + "; charset=" + charset);
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 998, 999, 1000, 1001, 1002, 9_999, 10_000, 10_001, 40_000})
  void manyParametersAreTakenAsByTheContainer(int count) throws Exception {
    StringBuilder body = new StringBuilder("x=y");
    for (int i = 1; i < count; i++) {
      body.append("&p").append(i).append("=1");
    }
    assertSame("POST", "/form", body.toString(), FORM);
    assertSame("POST", "/form?q=1&r=2", body.toString(), FORM);
    assertSame("POST", "/form", body.toString().replaceAll("p[0-9]+=1", "a"), FORM);
    assertSame(
        "POST", "/form", body.toString().replaceAll("p[0-9]+=1", "a") + "&".repeat(count), FORM);
  }

  static int[] lengths() {
    // Jetty closes the connection on what it does not read to its end.
    return System.getProperty("test.container", "jetty").equals("jetty")
        ? new int[] {199_999, 200_000, 200_001, 250_000}
        : new int[] {200_001, 2_097_152, 2_097_153};
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void longFormsAreTakenAsByTheContainer(int length) throws Exception {
    String body = "p=" + "x".repeat(length - 2);
    assertEquals(announced(plain, body), announced(guarded, body));
    assertEquals(chunked(plain, body), chunked(guarded, body));
  }

  private void assertSame(String method, String path, String body, String type) throws Exception {
    String without = sent(plain, method, path, body, type);
    String about =
        method + " " + path + " " + type + " " + body.substring(0, Math.min(99, body.length()));
    assertEquals(without, sent(guarded, method, path, body, type), about);
  }

  private static String sent(
      FilterServer server, String method, String path, String body, String type) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.ask(
          method,
          path,
          "HTTP/1.1",
          "Content-Type: " + type,
          "Content-Length: " + body.length(),
          "Connection: close");
      try {
        client.send(body);
      } catch (SocketException e) {
        // The container has refused it by its length, and closed its side.
      }
      return shown(client.answer(method));
    }
  }

  /** Sends no more than the beginning of what is refused by its length. */
  private static String announced(FilterServer server, String body) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.ask(
          "POST",
          "/form",
          "HTTP/1.1",
          "Content-Type: " + FORM,
          "Content-Length: " + body.length(),
          "Connection: close");
      boolean refused = body.length() > lengths()[1];
      return shown(client.send(refused ? body.substring(0, 100) : body).answer("POST"));
    }
  }

  private static String chunked(FilterServer server, String body) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer answer =
          client
              .ask(
                  "POST",
                  "/form",
                  "HTTP/1.1",
                  "Content-Type: " + FORM,
                  "Transfer-Encoding: chunked",
                  "Connection: close")
              .send(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n")
              .answer("POST");
      return shown(answer);
    }
  }

  private static String shown(RawAnswer answer) {
    return answer.statusLine().equals("HTTP/1.1 200 OK")
            || answer.statusLine().equals("HTTP/1.1 200 ")
        ? answer.text()
        : answer.statusLine();
  }
}
