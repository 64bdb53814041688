package io.github.conflictguard.servlet.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.LogLines;
import java.net.http.HttpResponse;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes by the monitor: only by its own forms, and only where the setting allows them. */
@Tag("container")
class MonitorChangesTest {

  private static final String OFF = "action=switch&enabled=false&formToken=";

  private final MonitoredOffice office = new MonitoredOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @Test
  void modeOfARuleChangesFromTheNextRequestOn() throws Exception {
    office.startWithToken("monitorWrites", "true");
    String cookie = office.signIn();
    String token = office.formToken("rules", "Cookie", cookie);
    assertEquals(204, office.collide("/notes/1", "ada", "bob").statusCode());
    assertEquals(303, mode(cookie, token, "notes", "protect").statusCode());
    assertEquals(412, office.collide("/notes/1", "ada", "bob").statusCode());
    assertEquals(303, mode(cookie, token, "orders", "observe").statusCode());
    assertEquals(204, office.collide("/orders/1", "ada", "bob").statusCode());
    assertEquals(303, mode(cookie, token, "notes", "observe").statusCode());
    assertEquals(204, office.collide("/notes/1", "ada", "bob").statusCode());
    String rules = office.get("rules?format=json").body();
    assertTrue(rules.contains("\"failedPreconditions\":3"), rules);
  }

  @Test
  void whatIsNoRuleAndNoModeChangesNothing() throws Exception {
    office.startWithToken("monitorWrites", "true");
    String cookie = office.signIn();
    String token = office.formToken("rules", "Cookie", cookie);
    assertEquals(400, mode(cookie, token, "none", "protect").statusCode());
    assertEquals(400, mode(cookie, token, "notes", "off").statusCode());
    assertEquals(400, mode(cookie, token, "notes", "PROTECT").statusCode());
    assertEquals(400, office.post("change", "formToken=" + token, "Cookie", cookie).statusCode());
  }

  @Test
  void filterIsSwitchedOffAndOnAgainAndTheLogTells() throws Exception {
    LogLines log = new LogLines();
    Logger logger = Logger.getLogger(ConflictFilter.class.getName());
    office.start("monitor", "role:operator", "monitorWrites", "true");
    logger.addHandler(log);
    try {
      String[] user = {"Role", "operator", "User", "ada\u0085evil"};
      HttpResponse<String> page = office.server.send("GET", "/conflict-guard/rules", user);
      String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
      String[] known = {"Role", "operator", "User", "ada\u0085evil", "Cookie", cookie};
      String token = office.formToken("rules", known);
      assertEquals(303, office.post("change", OFF + token, known).statusCode());
      assertEquals(204, office.collide("/orders/1", "ada", "bob").statusCode());
      assertEquals(
          303,
          office
              .post("change", "action=switch&enabled=true&formToken=" + token, known)
              .statusCode());
      assertEquals(412, office.collide("/orders/1", "ada", "bob").statusCode());
      String[] other = {"Role", "operator", "User", "eve", "Cookie", cookie};
      assertEquals(
          403,
          office.post("change", OFF + token, other).statusCode(),
          "the session of another user");
    } finally {
      logger.removeHandler(log);
    }
    assertEquals(
        1,
        log.lines.stream()
            .filter(line -> line.contains("monitor: user") && line.contains("the filter off"))
            .count(),
        log.lines.toString());
    assertFalse(log.lines.toString().contains("\u0085"));
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Origin, http://127.0.0.1.evil.example",
    "Origin, http://127.0.0.1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, none",
    "Content-Type, text/plain",
    "Content-Type, application/json",
    "Content-Type, multipart/form-data; boundary=x",
  })
  void formOfAnotherSiteChangesNothing(String header, String value) throws Exception {
    office.startWithToken("monitorWrites", "true");
    String cookie = office.signIn();
    String token = office.formToken("rules", "Cookie", cookie);
    HttpResponse<String> answer =
        office.post("change", OFF + token, "Cookie", cookie, header, value);
    assertEquals(403, answer.statusCode());
    assertOn();
    assertEquals(
        401,
        office.post("sign-in", "token=" + MonitoredOffice.TOKEN, header, value).statusCode(),
        "nor does it sign anyone in");
  }

  @ParameterizedTest
  @CsvSource({"x", "''", "conflictguard-monitor"})
  void withoutTheTokenOfTheSessionNothingChanges(String token) throws Exception {
    office.startWithToken("monitorWrites", "true");
    String cookie = office.signIn();
    String foreign = office.formToken("rules", "Cookie", office.signIn());
    assertEquals(403, office.post("change", OFF + token, "Cookie", cookie).statusCode());
    assertEquals(403, office.post("change", OFF + foreign, "Cookie", cookie).statusCode());
    assertEquals(401, office.post("change", OFF + foreign).statusCode());
    assertEquals(
        403,
        office
            .post("change", OFF + foreign, "Authorization", "Bearer " + MonitoredOffice.TOKEN)
            .statusCode());
    assertOn();
  }

  @Test
  void getChangesNothing() throws Exception {
    office.startWithToken("monitorWrites", "true");
    String cookie = office.signIn();
    String token = office.formToken("rules", "Cookie", cookie);
    for (String path : new String[] {"change", "rules", "", "sign-out"}) {
      office.server.send("GET", "/conflict-guard/" + path + "?" + OFF + token, "Cookie", cookie);
    }
    assertEquals(403, office.post("change?" + OFF + token, "a=b", "Cookie", cookie).statusCode());
    assertOn();
  }

  @Test
  void withoutTheSettingThereIsNoButtonAndNoChange() throws Exception {
    office.startWithToken();
    String cookie = office.signIn();
    String token = office.formToken("rules", "Cookie", cookie);
    String rules = office.server.send("GET", "/conflict-guard/rules", "Cookie", cookie).body();
    assertFalse(rules.contains("action=\"change\""), rules);
    assertEquals(403, office.post("change", OFF + token, "Cookie", cookie).statusCode());
    assertOn();
  }

  @Test
  void originBehindAProxyIsTheOneOfTheSetting() throws Exception {
    office.startWithToken("monitorWrites", "true", "monitorOrigin", "https://office.example:8443");
    String cookie = office.signIn();
    String token = office.formToken("rules", "Cookie", cookie);
    String own = "http://127.0.0.1:" + office.server.port();
    assertEquals(
        403, office.post("change", OFF + token, "Cookie", cookie, "Origin", own).statusCode());
    assertEquals(
        303,
        office
            .post("change", OFF + token, "Cookie", cookie, "Origin", "https://office.example:8443")
            .statusCode());
  }

  /** The connection of the container is not secure: a proxy ends TLS. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://office.example:8443                       |                          | true",
        "https://office.example:8443                       | https://office.example:8443 | true",
        "https://office.example, http://office.example     | https://office.example   | true",
        "https://office.example, http://office.example     | http://office.example    | false",
        "https://office.example, http://office.example     |                          | false",
        "http://office.example                             |                          | false",
        "                                                  |                          | false",
      })
  void cookieIsSecureWhereTheOriginOfTheSettingIs(
      @Nullable String origins, @Nullable String origin, boolean secure) throws Exception {
    if (origins == null) {
      office.startWithToken();
    } else {
      office.startWithToken("monitorOrigin", origins);
    }
    String[] headers = origin == null ? new String[0] : new String[] {"Origin", origin};
    HttpResponse<String> answer = office.post("sign-in", "token=" + MonitoredOffice.TOKEN, headers);
    assertEquals(303, answer.statusCode());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertEquals(secure, cookie.endsWith("; Secure"), cookie);
  }

  @Test
  void ownOriginIsThatOfTheHost() throws Exception {
    office.startWithToken("monitorWrites", "true");
    String cookie = office.signIn();
    String token = office.formToken("rules", "Cookie", cookie);
    assertEquals(
        303,
        office
            .post(
                "change",
                OFF + token,
                "Cookie",
                cookie,
                "Origin",
                "http://127.0.0.1:" + office.server.port(),
                "Sec-Fetch-Site",
                "same-origin")
            .statusCode());
  }

  private HttpResponse<String> mode(String cookie, String token, String rule, String mode)
      throws Exception {
    return office.post(
        "change",
        "action=mode&rule=" + rule + "&mode=" + mode + "&formToken=" + token,
        "Cookie",
        cookie);
  }

  private void assertOn() throws Exception {
    assertTrue(office.get("").body().contains("No conflict today"));
  }
}
