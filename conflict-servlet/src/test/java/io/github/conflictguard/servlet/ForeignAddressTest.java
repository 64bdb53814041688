package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that the filter writes leads to another server. */
@Tag("container")
class ForeignAddressTest {

  private static final String RULES =
      """
      {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
        "write": ["POST /save?form.id={id:number}", "POST /upload?id={id:number}", "GET /delete?id={id:number}"],
        "tag": "form", "forms": {"links": true}}]}
      """;

  private final FilterServer server = new FilterServer();
  private volatile String page = "<form method=post action=save>";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** What the container takes for a path of the application is a host for a browser. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/..;/app/save",
        "//evil.example/../app/save",
        "/app//evil.example/..;/save",
        "//app/save"
      })
  void theConflictPageSendsItsFormToTheApplication(String path) throws Exception {
    start();
    String old = tokenIn(server.send("GET", "/edit?id=7").body());
    assertEquals(302, save(tokenIn(server.send("GET", "/edit?id=7").body())));
    String answer = raw("POST", path + "?x=%22%3E//", "id=7&name=x&_conflictguard=" + old);
    if (answer.startsWith("HTTP/1.1 412")) {
      assertTrue(answer.contains(" action=\"/app/save?x=%22%3E//\""), answer);
      assertFalse(answer.contains("//evil"), answer);
      assertFalse(answer.contains("\"//"), answer);
    } else {
      assertTrue(answer.matches("(?s)HTTP/1.1 (400|404) .*"), answer);
    }
  }

  @Test
  void theResourceOfAProblemIsAPathOfTheApplication() throws Exception {
    start();
    String answer =
        raw("POST", "//evil.example/..;/app/save", "id=7&_conflictguard=x", "Accept: a/b");
    assertFalse(answer.contains("//evil"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<form method=post action='//evil.example/app/save'>",
        "<form method=post action='/\\evil.example/app/save'>",
        "<form method=post action='\\\\evil.example/app/save'>",
        "<form method=post action='http:evil.example/app/save'>",
        "<form method=post action='ht&#9;tp://evil.example/app/save'>",
        "<form method=post action='/&#10;/evil.example/app/save'>",
        "<base href='//evil.example/app/'><form method=post action=save>",
        "<base href='\\\\evil.example/app/'><form method=post action='/app/save'>",
        "<base href='//evil.example/app/'><form method=post action='upload?id=7'"
            + " enctype='multipart/form-data'>",
        "<base href='//evil.example/'><a href='/app/delete?id=7'>",
        "<base href='//evil.example/app/delete?id=7'><a href=''>",
        "<a href='//evil.example/app/delete?id=7'>",
        "<a href=' /&#9;/evil.example/app/delete?id=7'>",
        "<form method=post action=save><button formaction='//evil.example/'>x</button>",
        "<form method=post action=save><input type=submit formaction='\\\\evil.example'>"
      })
  void noTokenGoesToAnotherServer(String foreign) throws Exception {
    page = foreign;
    start();
    String shown = server.send("GET", "/edit?id=7").body();
    assertTrue(shown.contains(foreign), shown);
    assertFalse(shown.contains("_conflictguard"), shown);
  }

  /** Else a query alone would lead to the base. */
  @Test
  void anEmptyActionStaysThatOfThePageUnderABase() throws Exception {
    page = "<base href='/app/other/'><form method=post enctype='multipart/form-data'>";
    server.rules(RULES.replace("POST /upload", "POST /edit"));
    startWithoutRules();
    String shown = server.send("GET", "/edit?id=7").body();
    assertTrue(shown.contains("<form action=\"/app/edit?id=7&amp;_conflictguard="), shown);
  }

  private int save(String token) throws Exception {
    return server
        .sendBody(
            "POST",
            "/save",
            "id=7&name=other&_conflictguard=" + token,
            "Content-Type",
            "application/x-www-form-urlencoded")
        .statusCode();
  }

  private String raw(String method, String target, String body, String... headers)
      throws Exception {
    StringBuilder request = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\n");
    request.append("Host: 127.0.0.1\r\nConnection: close\r\n");
    request.append(headers.length == 0 ? "Accept: text/html\r\n" : headers[0] + "\r\n");
    if (!body.isEmpty()) {
      request.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ");
      request.append(body.length()).append("\r\n");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(request.append("\r\n").append(body).toString().getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String tokenIn(String shown) {
    Matcher token =
        Pattern.compile("name=\"_conflictguard\" value=\"([A-Za-z0-9_-]+)\"").matcher(shown);
    assertTrue(token.find(), shown);
    return token.group(1);
  }

  private void start() throws Exception {
    server.rules(RULES);
    startWithoutRules();
  }

  private void startWithoutRules() throws Exception {
    server
        .filter(new ConflictFilter())
        .handle(
            "/edit",
            (request, response) -> {
              response.setContentType("text/html");
              response
                  .getWriter()
                  .print(
                      page
                          + "<input type=hidden name=id value="
                          + request.getParameter("id")
                          + "><input name=name value=x></form>");
            })
        .handle("/save", (request, response) -> response.sendRedirect("edit?id=7"))
        .start();
  }
}
