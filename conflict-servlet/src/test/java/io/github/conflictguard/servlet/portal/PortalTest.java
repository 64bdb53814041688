package io.github.conflictguard.servlet.portal;

import static io.github.conflictguard.servlet.portal.PortalOffice.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What developers of clients get, and what every other request gets in its place. */
@Tag("container")
class PortalTest {

  private static final List<String> PATHS =
      List.of(
          "client.js",
          "client.d.ts",
          "problems/",
          "problems/locked",
          "openapi.json",
          "help/",
          "help");

  private final PortalOffice office = new PortalOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @ParameterizedTest
  @CsvSource({
    "mode, protect, ''",
    "problemBase, https://docs.example/problems/, ''",
    "clientScript, true, client.js client.d.ts",
    "problemBase, https://office.example/app/conflict-guard/problems/, problems/ problems/locked",
    "portal, public, problems/ problems/locked openapi.json help/ help"
  })
  void whatIsNotSwitchedOnIsOfTheApplicationByteForByte(String setting, String value, String open)
      throws Exception {
    office.start(setting, value);
    try (FilterServer plain = PortalOffice.application(new FilterServer()).start()) {
      for (String path : PATHS) {
        boolean isOpen = List.of(open.split(" ")).contains(path);
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "DELETE")) {
          if (isOpen) {
            assertNotEquals(
                404, office.server.send(method, "/conflict-guard/" + path).statusCode());
          } else {
            assertEquals(
                exchange(plain, method, path), exchange(office.server, method, path), path);
          }
        }
      }
    }
  }

  private static String exchange(FilterServer server, String method, String path) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer answer =
          client
              .ask(method, "/conflict-guard/" + path, "HTTP/1.1", "Content-Length: 0")
              .answer(method);
      List<String> headers =
          answer.headers().stream().filter(line -> !line.startsWith("Date:")).toList();
      return answer.statusLine() + headers + answer.text();
    }
  }

  @Test
  void roleOfTheMonitorOpensThePortalToItsHoldersOnly() throws Exception {
    office.start("monitor", "role:operator", "portal", "monitor");
    assertEquals(404, office.get("help/").statusCode());
    assertEquals(404, office.get("openapi.json", "Role", "clerk").statusCode());
    HttpResponse<String> help = office.get("help/", "Role", "operator");
    assertEquals(200, help.statusCode());
    assertEquals("private, no-cache", header(help, "Cache-Control"));
    assertTrue(help.body().contains("secret orders"), help.body());
    assertEquals(200, office.get("openapi.json", "Role", "operator").statusCode());
  }

  @Test
  void tokenOfTheMonitorOpensThePortal() throws Exception {
    office.start("monitor", "token", "monitorToken", PortalOffice.TOKEN, "portal", "monitor");
    HttpResponse<String> refused = office.get("openapi.json");
    assertEquals(401, refused.statusCode());
    assertFalse(refused.body().contains("orders"), refused.body());
    assertEquals("../", header(office.get("help/"), "Location"));
    assertEquals("./", header(office.get("help"), "Location"));
    String bearer = "Bearer " + PortalOffice.TOKEN;
    assertEquals(200, office.get("help/", "Authorization", bearer).statusCode());
    for (int i = 0; i < 5; i++) {
      assertEquals(401, office.get("openapi.json", "Authorization", "Bearer x").statusCode());
    }
    assertEquals(429, office.get("openapi.json", "Authorization", bearer).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"monitor", "off", "public"})
  void signInPageOfTheMonitorHasItsStyleSheet(String portal) throws Exception {
    office.start("monitor", "token", "monitorToken", PortalOffice.TOKEN, "portal", portal);
    HttpResponse<String> page = office.get("");
    assertEquals(401, page.statusCode());
    String style = page.body().replaceAll("(?s).*href=\"(monitor-[^\"]+)\".*", "$1");
    HttpResponse<String> sheet = office.get(style);
    assertEquals(200, sheet.statusCode());
    assertTrue(header(sheet, "Content-Type").startsWith("text/css"), sheet.headers().toString());
    String bearer = "Bearer " + PortalOffice.TOKEN;
    assertEquals(sheet.body(), office.get(style, "Authorization", bearer).body());
    for (int i = 0; i < 9; i++) {
      assertEquals(200, office.get(style, "Authorization", "Bearer x").statusCode());
    }
  }

  @Test
  void styleSheetOfTheMonitorIsNotServedToThoseWhoMayNotSeeIt() throws Exception {
    office.start("monitor", "role:operator", "portal", "monitor");
    String page = office.get("help/", "Role", "operator").body();
    String style = page.replaceAll("(?s).*href=\"\\.\\./(monitor-[^\"]+)\".*", "$1");
    assertEquals(200, office.get(style, "Role", "operator").statusCode());
    assertEquals(404, office.get(style, "Role", "clerk").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "monitor, en, For developers of clients",
    "public, de, Für Entwickler von Clients",
    "off, en, ",
    "off, de, "
  })
  void monitorLeadsToThePagesForDevelopersWhereTheyAreServed(
      String portal, String language, String text) throws Exception {
    office.start("monitor", "role:operator", "portal", portal);
    for (String name : List.of("", "rules", "about")) {
      HttpResponse<String> page = office.get(name, "Role", "operator", "Accept-Language", language);
      assertEquals(200, page.statusCode());
      String link = "<a href=\"help/\">" + text + "</a>";
      assertEquals(text != null, page.body().contains(text == null ? "help/" : link), page.body());
    }
    assertEquals(
        text == null ? 404 : 200, office.get("help/", "Role", "operator").statusCode(), portal);
  }

  @Test
  void pagesOfProblemsAreForEveryoneAndContainNoPathOfARule() throws Exception {
    office.start("problemBase", PortalOffice.BASE, "monitor", "role:operator", "portal", "monitor");
    for (ProblemType type : ProblemType.values()) {
      HttpResponse<String> page = office.get("problems/" + type.kind());
      assertEquals(200, page.statusCode());
      assertFalse(page.body().contains("secret"), page.body());
      assertFalse(page.body().contains("help/"), page.body());
      assertTrue(page.body().contains(PortalOffice.BASE + type.kind()), page.body());
    }
    assertEquals(404, office.get("problems/nothing").statusCode());
    assertEquals(404, office.get("problems/../help/").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.js", "client.d.ts", "problems/", "help/", "openapi.json"})
  void documentsHaveAStrongTagAndAreRevalidated(String path) throws Exception {
    office.start("clientScript", "true", "portal", "public");
    HttpResponse<String> first = office.get(path);
    assertEquals(200, first.statusCode());
    String tag = header(first, "ETag");
    assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);
    assertEquals("public, max-age=3600", header(first, "Cache-Control"));
    assertEquals("nosniff", header(first, "X-Content-Type-Options"));
    for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      HttpResponse<String> again = office.get(path, "If-None-Match", known);
      assertEquals(304, again.statusCode(), known);
      assertEquals("", again.body());
      assertEquals(tag, header(again, "ETag"));
    }
    assertEquals(200, office.get(path, "If-None-Match", "\"x\"").statusCode());
    assertEquals(200, office.get(path, "If-None-Match", "broken").statusCode());
    HttpResponse<String> head = office.server.send("HEAD", "/conflict-guard/" + path);
    assertEquals(tag, header(head, "ETag"));
    assertEquals(header(first, "Content-Length"), header(head, "Content-Length"));
    HttpResponse<String> post = office.server.send("POST", "/conflict-guard/" + path);
    assertEquals(405, post.statusCode());
    assertEquals("GET, HEAD", header(post, "Allow"));
  }

  @ParameterizedTest
  @CsvSource({
    "client.js, text/javascript",
    "client.d.ts, text/plain",
    "problems/locked, text/html",
    "help/, text/html",
    "openapi.json, application/json"
  })
  void documentsHaveTheirTypes(String path, String type) throws Exception {
    office.start("clientScript", "true", "portal", "public");
    String given = header(office.get(path), "Content-Type");
    assertEquals(type, given.split(";")[0]);
    assertTrue(given.equals(type) || given.equalsIgnoreCase(type + ";charset=utf-8"), given);
  }

  @Test
  void pagesPermitNothingInlineAndNoScript() throws Exception {
    office.start("portal", "public");
    for (String path : List.of("problems/", "problems/stale-version", "help/")) {
      HttpResponse<String> page = office.get(path);
      assertEquals(
          "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          header(page, "Content-Security-Policy"));
      assertFalse(page.body().matches("(?s).*(<script|<style| style=| on[a-z]+=).*"), page.body());
      String style = page.body().replaceAll("(?s).*href=\"\\.\\./(monitor-[^\"]+)\".*", "$1");
      assertEquals(200, office.get(style).statusCode());
    }
  }

  @Test
  void languageIsThatOfTheReaderOrOfTheAddress() throws Exception {
    office.start("portal", "public");
    assertLanguage("en", office.get("problems/locked"));
    assertLanguage("de", office.get("problems/locked", "Accept-Language", "de-CH, en;q=0.5"));
    assertLanguage("en", office.get("problems/locked", "Accept-Language", "fr, en, de"));
    assertLanguage("de", office.get("problems/locked?lang=de", "Accept-Language", "en"));
    assertLanguage("en", office.get("problems/locked?lang=xx"));
  }

  private static void assertLanguage(String language, HttpResponse<String> page) {
    assertEquals(language, header(page, "Content-Language"));
    assertEquals("Accept-Language", header(page, "Vary"));
    assertTrue(page.body().contains("<html lang=\"" + language + "\">"), page.body());
  }

  @Test
  void headersOfProxiesChangeNothing() throws Exception {
    office.start("portal", "public");
    String[] forged = {
      "X-Forwarded-Host",
      "evil.example",
      "X-Forwarded-Proto",
      "gopher",
      "X-Forwarded-Prefix",
      "/evil",
      "Forwarded",
      "host=evil.example"
    };
    for (String path : List.of("help/", "openapi.json", "problems/locked")) {
      assertEquals(office.get(path).body(), office.get(path, forged).body());
    }
    assertEquals("help/", header(office.get("help", forged), "Location"));
  }

  @Test
  void helpShowsHowEachPathIsReadAndWritten() throws Exception {
    office.start("portal", "public", "clientScript", "true");
    String page = office.get("help/").body().replace("&quot;", "\"").replace("&#39;", "'");
    assertTrue(page.contains("curl -i \"$BASE\"/orders/ID"), page);
    assertTrue(page.contains("curl -i -X PATCH \"$BASE\"/orders/ID -H 'If-Match: \"TAG\"'"), page);
    assertTrue(page.contains("curl -i -X POST \"$BASE\"/bookings -H 'Idempotency-Key: "), page);
    assertTrue(page.contains("curl -i -X MOVE \"$BASE\"/orders/ID/state"), page);
    assertTrue(page.contains("curl -i -X POST \"$BASE\"'/orders/ID/state?a=ship'"), page);
    assertTrue(page.contains("_conflictguard"), page);
    assertTrue(page.contains("/app/conflict-guard/client.js"), page);
    assertFalse(page.contains("left out"), page);
  }

  @Test
  void problemsHaveTheConfiguredBase() throws Exception {
    office.start("problemBase", PortalOffice.BASE);
    HttpResponse<String> refused = office.server.sendBody("PUT", "/orders/1", "{}");
    assertEquals(428, refused.statusCode());
    assertTrue(
        refused.body().contains("\"type\":\"" + PortalOffice.BASE + "precondition-required\""),
        refused.body());
  }
}
