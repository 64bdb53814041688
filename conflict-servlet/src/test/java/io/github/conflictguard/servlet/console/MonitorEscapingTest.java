package io.github.conflictguard.servlet.console;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send is text on every page, and values of records are on none. */
@Tag("container")
class MonitorEscapingTest {

  private static final String PAYLOAD = "<script>alert(1)</script>";
  private static final String QUOTED = "\"><img src=x onerror=alert(1)>'";
  private static final List<String> PAGES =
      List.of(
          "",
          "conflicts",
          "worklist",
          "resources",
          "pairs",
          "rules",
          "findings",
          "settings",
          "about",
          "report",
          "conflict?n=1",
          "conflict?n=2",
          "conflict?n=3");

  private final MonitoredOffice office = new MonitoredOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {PAYLOAD, QUOTED, "javascript:alert(1)", "{0}{1}</title><svg onload=x>"})
  void payloadIsTextWhereverItComesFrom(String payload) throws Exception {
    String json = payload.replace("\\", "\\\\").replace("\"", "\\\"");
    office.startWith(
        MonitoredOffice.RULES.replace("\"name\": \"orders\"", "\"name\": \"" + json + "\""),
        "monitor",
        "token",
        "monitorToken",
        MonitoredOffice.TOKEN);
    String path =
        "/orders/" + URLEncoder.encode(payload, StandardCharsets.UTF_8).replace("%2F", "-");
    String user = new String(payload.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    office.collide(path, user, "bob");
    office.collide(path.replace("/orders/", "/notes/"), "bob", user);
    office.server.send(
        "POST",
        "/customers?q=" + URLEncoder.encode(payload, StandardCharsets.UTF_8),
        "User",
        user,
        "User-Agent",
        user,
        "X-Forwarded-For",
        user,
        "Referer",
        user);
    boolean shown = false;
    for (String page : PAGES) {
      String html = office.get(page, "Accept-Language", user).body();
      assertFalse(html.contains("<script>"), page);
      assertFalse(html.contains("<img"), page);
      assertFalse(html.contains("<svg onload"), page);
      assertFalse(html.contains("\"javascript:"), page);
      assertFalse(html.matches("(?s).*<[^>]* on[a-z]+=.*"), page);
      shown |= html.contains("alert(1)") || html.contains("onload=x");
    }
    assertTrue(shown, "the payload is on a page, as text");
    for (String parameter : List.of("rule", "resource", "outcome", "instance", "format")) {
      String query = parameter + "=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
      for (String page : List.of("conflicts?", "conflict?", "?")) {
        String html = office.get(page + query).body();
        assertFalse(html.contains("<script>"), page + query);
        assertFalse(html.contains("<img"), page + query);
      }
    }
  }

  @Test
  void noValueOfARecordIsOnAnyPageInAnyFormat() throws Exception {
    office.startWithToken();
    office.collide("/orders/1", "ada", "bob");
    office.collide("/notes/1", "ada", "bob");
    office.server.send("POST", "/customers", "User", "ada");
    for (String page : PAGES) {
      String separator = page.contains("?") ? "&" : "?";
      for (String format : List.of("html", "json", "csv", "prometheus")) {
        String body = office.get(page + separator + "format=" + format).body();
        assertFalse(body.contains("secret"), page + " as " + format + ": " + body);
      }
    }
  }

  @Test
  void peopleArePseudonymsUnlessTheSettingAllowsTheirNames() throws Exception {
    office.startWithToken();
    office.collide("/orders/1", "ada-lovelace", "grace-hopper");
    for (String page : PAGES) {
      String body = office.get(page).body();
      assertFalse(body.contains("ada-lovelace") || body.contains("grace-hopper"), page);
    }
  }
}
