package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.servlet.container.RawAnswer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The monitor of the jar in a WAR: not there by default, and complete where a token opens it. */
@ParameterizedClass
@MethodSource("servers")
class MonitorIT {

  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String BEARER = "Authorization: Bearer " + MonitorWar.SECRET;
  private static final String HOME = "/token/conflict-guard/";
  private static final List<String> ADDRESSES =
      List.of("", "/", "/x", "/?format=json", "/x?a=b", "/conflicts?after=1", "/metrics", "/../x");

  private static Server server;

  @Parameter ServerKind kind;
  private WireClient client;

  static List<ServerKind> servers() {
    return ServerKind.ofThisBuild();
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind, List.of(MonitorWar.values()), List.of());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    client = new WireClient(server.port());
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"QUIET", "ROLES"})
  void withoutAccessEveryByteIsThatWithoutTheJar(MonitorWar war) throws Exception {
    for (String address : ADDRESSES) {
      for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
        String path = "/conflict-guard" + address;
        assertEquals(
            exchange(MonitorWar.PLAIN, method, path, BEARER),
            exchange(war, method, path, BEARER),
            method + " " + path);
      }
      assertEquals(
          exchange(MonitorWar.PLAIN, "POST", "/conflict-guard" + address, FORM),
          exchange(war, "POST", "/conflict-guard" + address, FORM));
    }
  }

  @Test
  void signInBeginsASession() throws Exception {
    RawAnswer closed = client.send("GET", HOME);
    assertEquals(401, status(closed));
    assertTrue(closed.text().contains("name=\"token\""), closed.text());
    assertFalse(closed.text().contains("records"), closed.text());
    RawAnswer redirected = client.send("GET", "/token/conflict-guard");
    assertEquals(303, status(redirected));
    assertEquals("conflict-guard/", redirected.header("Location"));
    assertEquals(401, status(signIn("wrong")));
    RawAnswer open = client.send("GET", HOME, "Cookie: " + cookie());
    assertEquals(200, status(open));
    assertTrue(open.text().contains("class=\"figures\""), open.text());
    assertEquals("no-store", open.header("Cache-Control"));
    assertEquals(0, client.send("HEAD", HOME, BEARER).body().length);
  }

  @Test
  void conflictIsShownToPrograms() throws Exception {
    int before = refused();
    collide("json", 412);
    assertEquals(before + 1, refused());
    RawAnswer page = client.send("GET", HOME + "conflicts?format=json", BEARER);
    assertEquals("application/json", page.header("Content-Type"));
    JsonNode newest = new ObjectMapper().readTree(page.text()).get("conflicts").get(0);
    assertEquals("stale-version", newest.get("kind").asText());
    String tag = page.header("ETag");
    RawAnswer polled =
        client.send("GET", HOME + "conflicts?format=json", BEARER, "If-None-Match: " + tag);
    assertEquals(304, status(polled));
    assertEquals(0, polled.body().length);
    assertEquals(401, status(client.send("GET", HOME + "?format=json", BEARER + "x")));
  }

  @Test
  void modeIsChangedByAFormOfThePageAlone() throws Exception {
    String cookie = "Cookie: " + cookie();
    String page = client.send("GET", HOME + "rules", cookie).text();
    String token = page.replaceAll("(?s).*?name=\"formToken\" value=\"([^\"]+)\".*", "$1");
    assertEquals(403, status(change("observe", "", cookie)));
    assertEquals(403, status(change("observe", token + "x", cookie)));
    assertEquals(403, status(change("observe", token, cookie, "Origin: http://other.example")));
    assertEquals(403, status(change("observe", token, BEARER)));
    assertEquals(403, status(client.send("POST", HOME + "change", cookie)));
    collide("changed", 412);
    assertEquals(303, status(change("observe", token, cookie)));
    collide("changed", 204);
    assertEquals(303, status(change("protect", token, cookie)));
    collide("changed", 412);
  }

  private RawAnswer change(String mode, String token, String... headers) throws IOException {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = FORM;
    return client.sendBody(
        "POST",
        HOME + "change",
        "action=mode&rule=records&mode=" + mode + "&formToken=" + token,
        all);
  }

  private String cookie() throws IOException {
    RawAnswer answer = signIn(MonitorWar.SECRET);
    assertEquals(303, status(answer));
    assertEquals("./", answer.header("Location"));
    String cookie = answer.header("Set-Cookie");
    assertTrue(
        cookie.endsWith("; Path=/token/conflict-guard; Max-Age=28800; HttpOnly; SameSite=Strict"),
        cookie);
    return cookie.split(";", 2)[0];
  }

  private RawAnswer signIn(String token) throws IOException {
    return client.sendBody("POST", HOME + "sign-in", "token=" + token, FORM);
  }

  /** Saves over a version that was replaced since it was read. */
  private void collide(String name, int status) throws IOException {
    String path = "/token/records/" + name;
    client.sendBody("PUT", path, "1");
    String tag = client.send("GET", path).header("ETag");
    client.sendBody("PUT", path, "2");
    assertEquals(status, status(client.sendBody("PUT", path, "3", "If-Match: " + tag)));
  }

  private int refused() throws IOException {
    String json = client.send("GET", HOME + "rules?format=json", BEARER).text();
    return new ObjectMapper().readTree(json).get("rules").get(0).get("failedPreconditions").asInt();
  }

  /** A response without its time, and with one name in place of the application's. */
  private static String exchange(MonitorWar war, String method, String path, String header)
      throws IOException {
    RawAnswer answer;
    try (WireClient own = new WireClient(server.port())) {
      answer = own.send(method, war.path() + path, header);
    }
    List<String> headers =
        answer.headers().stream().filter(line -> !line.startsWith("Date:")).toList();
    return (answer.statusLine() + headers + answer.text()).replace(war.folder(), "APPLICATION");
  }

  private static int status(RawAnswer answer) {
    return Integer.parseInt(answer.statusLine().split(" ")[1]);
  }
}
