package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Forms of an application that knows nothing of any of this, filled in by several people. */
@Tag("container")
class FormsTest {

  private static final Pattern TOKEN =
      Pattern.compile("<input type=\"hidden\" name=\"_conflictguard\" value=\"([A-Za-z0-9_-]+)\">");

  private static final String RULE =
      """
      {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
        "write": "POST /save?form.id={id:number}", "tag": "form"}]}
      """;

  private static final String CREATION =
      """
      {"rules": [{"name": "c", "read": "/new", "write": "POST /create", "tag": "none"}]}
      """;

  private final FilterServer server = new FilterServer();
  private static final Map<String, String> records = new ConcurrentHashMap<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void theSecondOfTwoSavesIsRefused() throws Exception {
    start(RULE);
    String first = tokenIn(show("7"));
    String second = tokenIn(show("7"));
    assertEquals(302, save("7", "mine", first));
    assertEquals(412, save("7", "theirs", second));
    assertEquals("mine", records.get("7"));
    assertEquals(302, save("7", "theirs", tokenIn(show("7"))));
    assertEquals("theirs", records.get("7"));
  }

  @Test
  void aWriteThatChangedNothingVisibleAccusesNobodyOnceTheirPageWasShownAgain() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    assertEquals(302, save("7", "start", tokenIn(show("7"))));
    show("7", "Cookie", session);
    assertEquals(302, save("7", "mine", token, "Cookie", session));
  }

  @Test
  void aChangeFromOutsideMakesTheOlderPagesOfThoseStaleWhoHaveSeenIt() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    records.put("7", "by a job");
    String newer = tokenIn(show("7", "Cookie", session));
    assertEquals(412, save("7", "mine", token, "Cookie", session));
    assertEquals(302, save("7", "mine", newer, "Cookie", session));
  }

  /** The victim is led to a page that is filled in with what there was before the change. */
  @Test
  void aPageThatIsFilledInByTheAddressLetsNoStaleSaveThrough() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    assertEquals(302, save("7", "theirs", tokenIn(show("7"))));
    show("7&value=start", "Cookie", session);
    assertEquals(412, save("7", "mine", token, "Cookie", session));
    assertEquals("theirs", records.get("7"));
  }

  @Test
  void aPageOfSomebodyElseLetsNoStaleSaveThrough() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String other = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    assertEquals(302, save("7", "start", tokenIn(show("7"))));
    show("7", "Cookie", other);
    show("7");
    assertEquals(412, save("7", "mine", token, "Cookie", session));
  }

  @Test
  void aPageOfSomebodyElseMakesNoFreshFormStale() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String other = sessionOf(server.send("GET", "/login"));
    show("7", "Cookie", other);
    String token = tokenIn(show("7", "Cookie", session));
    show("7&value=forged", "Cookie", other);
    records.put("7", "shown to them alone");
    show("7", "Cookie", other);
    show("7");
    records.put("7", "start");
    assertEquals(302, save("7", "mine", token, "Cookie", session));
  }

  /** A picture on another site can make a browser load any address. */
  @Test
  void aPageThatIsFilledInByTheAddressMakesNoFreshFormStale() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    show("7&value=forged", "Cookie", session);
    assertEquals(302, save("7", "mine", token, "Cookie", session));
  }

  @Test
  void aTokenOfAnotherRuleIsNotAcceptedForARecordNeverSeen() throws Exception {
    start(
        """
        {"rules": [
          {"name": "other", "key": "other/{id}", "read": "/login?id={id}",
           "write": "POST /delete?form.id={id}", "tag": "form"},
          {"name": "creation", "read": "/new", "write": "POST /create", "tag": "none"},
          {"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
           "write": "POST /save?form.id={id:number}", "tag": "form"}]}
        """);
    String ofCreation = tokenIn(server.send("GET", "/new").body());
    assertEquals(412, save("7", "mine", ofCreation));
    String ofEdit = tokenIn(show("7"));
    assertEquals(
        412,
        server
            .sendBody(
                "POST",
                "/delete",
                "id=7&_conflictguard=" + ofEdit,
                "Content-Type",
                "application/x-www-form-urlencoded")
            .statusCode());
    assertEquals(0, writes.get());
    assertEquals(302, save("7", "mine", ofEdit));
  }

  @Test
  void aTokenWithoutRecordIsGoodForThatOfItsPageAlone() throws Exception {
    start(RULE.replace("\"form\"", "\"form\", \"forms\": {\"tokenIn\": \"query\"}"));
    Matcher action =
        Pattern.compile("action=\"(save\\?_conflictguard=[A-Za-z0-9_-]+)\" method")
            .matcher(show("7"));
    assertTrue(action.find());
    String[] form = {"Content-Type", "application/x-www-form-urlencoded"};
    assertEquals(
        412, server.sendBody("POST", "/" + action.group(1), "id=8&value=x", form).statusCode());
    assertEquals(
        302, server.sendBody("POST", "/" + action.group(1), "id=7&value=x", form).statusCode());
  }

  @Test
  void whatAnOlderSecretHasSealedIsTaken() throws Exception {
    String rule =
        RULE.replace(
            "\"tag\": \"form\"",
            "\"forms\": true, \"tag\": {\"source\": \"resolver\", \"class\": \""
                + Values.class.getName()
                + "\"}");
    records.put("7", "start");
    String old = "an old secret of this test";
    String token;
    try (FilterServer before = new FilterServer()) {
      before
          .rules(rule)
          .filter(new ConflictFilter(), Map.of("formSecret", old))
          .handle("/edit", (request, response) -> show(request, response))
          .start();
      token = tokenIn(before.send("GET", "/edit?id=7").body());
    }
    for (String secrets :
        new String[] {"a new secret of this test", "a new secret of this test, " + old}) {
      try (FilterServer after = new FilterServer()) {
        after
            .rules(rule)
            .filter(new ConflictFilter(), Map.of("formSecret", secrets))
            .handle("/save", this::save)
            .start();
        assertEquals(
            secrets.endsWith(old) ? 302 : 412,
            after
                .sendBody(
                    "POST",
                    "/save",
                    "id=7&value=x&_conflictguard=" + token,
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .statusCode(),
            secrets);
      }
    }
  }

  @Test
  void whoGoesOnWithThePageThatHeSavedDoesNotConflictWithHimself() throws Exception {
    start(RULE);
    String token = tokenIn(show("7"));
    assertEquals(302, save("7", "one", token));
    assertEquals(302, save("7", "two", token));
    assertEquals(302, save("7", "three", tokenIn(show("7"))));
    assertEquals(412, save("7", "four", token));
  }

  @Test
  void aPageThatAnswersASaveIsAboutWhatItLeft() throws Exception {
    start(RULE);
    HttpResponse<String> refused = post("7", "invalid", tokenIn(show("7")));
    assertEquals(200, refused.statusCode());
    assertEquals(302, save("7", "valid", tokenIn(refused.body())));
  }

  /** The page shows what was typed, and nobody else has seen that. */
  @Test
  void aPageThatAnswersASaveIsNotExcusedByWhatThePageBeforeItShowed() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    HttpResponse<String> answer =
        post("7", "invalid", tokenIn(show("7", "Cookie", session)), "Cookie", session);
    assertEquals(302, save("7", "start", tokenIn(show("7"))));
    show("7");
    assertEquals(412, save("7", "mine", tokenIn(answer.body()), "Cookie", session));
  }

  @Test
  void aTokenIsGoodForItsRecordAlone() throws Exception {
    start(RULE);
    String other = tokenIn(show("8"));
    assertEquals(412, save("7", "mine", other));
    assertEquals(302, save("8", "mine", other));
  }

  @Test
  void whatNobodyIssuedIsRefused() throws Exception {
    start(RULE);
    String token = tokenIn(show("7"));
    String another = token.startsWith("x") ? "y" : "x";
    assertEquals(412, save("7", "mine", another + token.substring(1)));
    assertEquals(412, save("7", "mine", token.substring(1)));
    assertEquals(412, save("7", "mine", ""));
    assertEquals(0, writes.get());
  }

  @Test
  void aTokenOfAnotherSessionIsRefused() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    assertEquals(412, save("7", "mine", token));
    assertEquals(412, save("7", "mine", token, "Cookie", sessionOf(server.send("GET", "/login"))));
    assertEquals(302, save("7", "mine", token, "Cookie", session));
  }

  @Test
  void aFormWithoutTheFieldIsJudgedByThePageThatTheSessionWasShownLast() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    show("7", "Cookie", session);
    assertEquals(302, save("7", "other", tokenIn(show("7"))));
    assertEquals(412, save("7", "mine", null, "Cookie", session));
    show("7", "Cookie", session);
    assertEquals(302, save("7", "mine", null, "Cookie", session));
    assertEquals(302, save("7", "mine again", null, "Cookie", session));
  }

  @Test
  void whatTheApplicationReadsIsWhatWasTyped() throws Exception {
    start(RULE);
    assertEquals(302, save("7", "ä€😀", tokenIn(show("7"))));
    assertEquals("ä€😀", records.get("7"));
    assertTrue(show("7").contains("ä€😀"));
  }

  /** Only where the rule allows it: showing the page may change something. */
  @Test
  void whereTheApplicationMayBeAskedItsPageDecides() throws Exception {
    start(RULE.replace("\"form\"", "\"form\", \"allowInternalGet\": true"));
    String session = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    records.put("7", "by a job");
    assertEquals(412, save("7", "mine", token, "Cookie", session));
    records.put("7", "start");
    assertEquals(302, save("7", "mine", token, "Cookie", session));
    String before = tokenIn(show("8", "Cookie", session));
    assertEquals(302, save("8", "start", tokenIn(show("8"))));
    assertEquals(302, save("8", "mine", before, "Cookie", session));
    assertEquals(302, save("8", "mine again", before, "Cookie", session));
  }

  @Test
  void whatOtherRulesWriteMakesAFormOldToo() throws Exception {
    start(
        RULE.replace(
            "\"tag\": \"form\"}",
            "\"tag\": \"form\"}, {\"name\": \"other\", \"key\": \"record/{id}\","
                + " \"write\": \"PUT /login?id={id:number}\"}"));
    String token = tokenIn(show("7"));
    assertEquals(200, server.send("PUT", "/login?id=7").statusCode());
    assertEquals(412, save("7", "mine", token));
    assertEquals(302, save("8", "mine", tokenIn(show("8"))));
  }

  @Test
  void theTokenMayTravelInTheQuery() throws Exception {
    start(RULE.replace("\"form\"", "\"form\", \"forms\": {\"tokenIn\": \"query\"}"));
    Pattern action = Pattern.compile("action=\"(save\\?_conflictguard=[A-Za-z0-9_-]+)\" method");
    Matcher first = action.matcher(show("7"));
    assertTrue(first.find());
    Matcher second = action.matcher(show("7"));
    assertTrue(second.find());
    String[] form = {"Content-Type", "application/x-www-form-urlencoded"};
    assertEquals(
        302, server.sendBody("POST", "/" + first.group(1), "id=7&value=a", form).statusCode());
    assertEquals(
        412, server.sendBody("POST", "/" + second.group(1), "id=7&value=b", form).statusCode());
  }

  @Test
  void theTokenCanBeKeptFromTheApplication() throws Exception {
    start(RULE.replace("\"form\"", "\"form\", \"forms\": {\"stripToken\": true}"));
    assertEquals(302, save("7", "mine", tokenIn(show("7"))));
    assertEquals("null null id=7&value=mine 15 15 [id, value] null", seen.get(0));
    assertEquals(
        302,
        server
            .sendBody(
                "POST",
                "/save?a=%20&_conflictguard=" + tokenIn(show("7")) + "&b",
                "id=7&value=x",
                "Content-Type",
                "application/x-www-form-urlencoded")
            .statusCode());
    assertEquals("a=%20&b null id=7&value=x 12 12 [a, b, id, value] null", seen.get(1));
  }

  @Test
  void theApplicationMayPlaceTheTokenItself() throws Exception {
    start(RULE);
    String page = server.send("GET", "/edit?id=7&placed=1").body();
    Matcher field = Pattern.compile("name=_conflictguard value=([A-Za-z0-9_-]+)>").matcher(page);
    assertTrue(field.find(), page);
    assertFalse(TOKEN.matcher(page).find(), page);
    assertEquals(302, save("7", "mine", field.group(1)));
    assertEquals(302, save("7", "other", tokenIn(show("7"))));
    assertEquals(412, save("7", "mine again", field.group(1)));
    assertEquals(412, save("8", "mine", field.group(1)));
  }

  @Test
  void linksThatWriteAreCarriedOutOnceAndOnWhatWasShown() throws Exception {
    start(
        """
        {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
          "write": "GET /delete?id={id:number}", "tag": "form", "forms": {"links": true}}]}
        """);
    Pattern link = Pattern.compile("<a href=\"(delete\\?id=7&amp;_conflictguard=[^#\"]+)#x\">");
    Matcher first = link.matcher(show("7"));
    assertTrue(first.find());
    Matcher second = link.matcher(show("7"));
    assertTrue(second.find());
    String target = "/" + first.group(1).replace("&amp;", "&");
    assertEquals(302, server.send("GET", target).statusCode());
    assertEquals(302, server.send("GET", target).statusCode());
    assertEquals(1, writes.get());
    assertEquals(412, server.send("GET", "/" + second.group(1).replace("&amp;", "&")).statusCode());
    assertEquals(1, writes.get());
  }

  @Test
  void aFormWithFilesCarriesItsTokenInTheQuery() throws Exception {
    start(RULE.replace("form.id", "id"));
    String page = server.send("GET", "/edit?id=7&files=1").body();
    Matcher action =
        Pattern.compile("action=\"(save\\?id=7&amp;_conflictguard=[^\"]+)\"").matcher(page);
    assertTrue(action.find(), page);
    assertFalse(TOKEN.matcher(page).find(), page);
    String target = "/" + action.group(1).replace("&amp;", "&");
    String body = "--b\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nx\r\n--b--\r\n";
    String type = "multipart/form-data; boundary=b";
    assertEquals(302, server.sendBody("POST", target, body, "Content-Type", type).statusCode());
    assertEquals(1, writes.get());
  }

  /** Its bytes are the container's to take apart, and were not compared. */
  @Test
  void aFormWithFilesIsNeverTakenForTheOneBefore() throws Exception {
    start(RULE.replace("form.id", "id"));
    String page = server.send("GET", "/edit?id=7&files=1").body();
    Matcher action =
        Pattern.compile("action=\"(save\\?id=7&amp;_conflictguard=[^\"]+)\"").matcher(page);
    assertTrue(action.find(), page);
    for (String value : new String[] {"0001", "0002", "0002"}) {
      HttpResponse<String> answer =
          server.sendBody(
              "POST",
              "/" + action.group(1).replace("&amp;", "&"),
              "--b\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\n"
                  + value
                  + "\r\n--b--\r\n",
              "Content-Type",
              "multipart/form-data; boundary=b");
      assertEquals(302, answer.statusCode());
      assertFalse(answer.headers().firstValue("Idempotent-Replayed").isPresent());
    }
    assertEquals(3, writes.get());
  }

  @Test
  void aFormThatIsTooLongToBeComparedIsCarriedOut() throws Exception {
    start(CREATION);
    String token = tokenIn(server.send("GET", "/new").body());
    String filling = "x".repeat(2 * 1024 * 1024);
    int before = writes.get();
    assertEquals(302, create("1" + filling, token).statusCode());
    assertEquals(302, create("2" + filling, token).statusCode());
    assertEquals(2, writes.get() - before);
  }

  @Test
  void whatIsTypedBesideFilesIsKeptUnlessTheFilesAreTooLong() throws Exception {
    start(RULE.replace("form.id", "id"));
    for (int length : new int[] {10, 3_000_000}) {
      String page = server.send("GET", "/edit?id=7&files=1").body();
      Matcher action =
          Pattern.compile("action=\"(save\\?id=7&amp;_conflictguard=[^\"]+)\"").matcher(page);
      assertTrue(action.find(), page);
      assertEquals(302, save("7?id=7", "other", null));
      String body =
          "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
              + "x".repeat(length)
              + "\r\n--b\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nt\u00fdped"
              + "\r\n--b--\r\n";
      HttpResponse<String> refused =
          server.sendBody(
              "POST",
              "/" + action.group(1).replace("&amp;", "&"),
              body,
              "Content-Type",
              "multipart/form-data; boundary=b",
              "Accept",
              "text/html",
              "Accept-Language",
              "en");
      assertEquals(412, refused.statusCode());
      assertEquals(length == 10, refused.body().contains("t\u00fdped"), refused.body());
      assertEquals(length != 10, refused.body().contains("Back button"), refused.body());
    }
  }

  @Test
  void otherSourcesOfTagsAreCarriedByFormsAsWell() throws Exception {
    start(
        RULE.replace(
            "\"tag\": \"form\"",
            "\"forms\": true, \"tag\": {\"source\": \"resolver\", \"class\": \""
                + Values.class.getName()
                + "\"}"));
    String token = tokenIn(show("7"));
    String other = tokenIn(show("7"));
    assertEquals(302, save("7", "mine", token));
    assertEquals(412, save("7", "theirs", other));
    String old = tokenIn(show("7"));
    records.put("7", "by a job");
    assertEquals(412, save("7", "theirs", old));
    assertEquals(302, save("7", "one", tokenIn(show("7"))));
    HttpResponse<String> invalid = post("7", "invalid", tokenIn(show("7")));
    assertEquals(302, save("7", "valid", tokenIn(invalid.body())));
  }

  /** The value is the tag. */
  public static final class Values implements StateResolver {

    @Override
    public SelectedRepresentation resolve(Map<String, String> variables) {
      String value = records.get(variables.get("id"));
      return SelectedRepresentation.present(
          EntityTag.strong(Integer.toHexString(value.hashCode())), null);
    }
  }

  @Test
  void whatWasTypedIsKeptAndCanBeSavedAgain() throws Exception {
    start(RULE.replace("\"form\"", "\"form\", \"allowInternalGet\": true"));
    String session = sessionOf(server.send("GET", "/login"));
    String[] browser = {"Cookie", session, "Accept", "text/html", "Accept-Language", "en"};
    String token = tokenIn(show("7", browser));
    assertEquals(302, save("7", "th\u00e9irs", tokenIn(show("7"))));
    HttpResponse<String> page = post("7", "m\u00efne", token, browser);
    assertEquals(412, page.statusCode());
    FormSnapshot form = HtmlForms.read(page.body()).get(0);
    assertEquals(List.of("m\u00efne"), form.field("value").values());
    assertTrue(page.body().contains("th\u00e9irs"), page.body());
    assertTrue(page.body().contains("start"), page.body());
    assertEquals("/app/save", form.target("/app/save"));
    String fresh = form.field("_conflictguard").values().get(0);
    assertEquals(302, save("7", "third", tokenIn(show("7"))));
    HttpResponse<String> again = post("7", "m\u00efne", fresh, browser);
    assertEquals(412, again.statusCode());
    assertTrue(again.body().contains("third"), again.body());
    FormSnapshot last = HtmlForms.read(again.body()).get(0);
    assertEquals(
        302, save("7", "m\u00efne", last.field("_conflictguard").values().get(0), browser));
    assertEquals("m\u00efne", records.get("7"));
  }

  @Test
  void whereTheApplicationIsNotAskedThePageOfTheSessionIsCompared() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String[] browser = {"Cookie", session, "Accept", "text/html"};
    String token = tokenIn(show("7", browser));
    assertEquals(302, save("7", "foreign", tokenIn(show("7"))));
    HttpResponse<String> page = post("7", "mine", token, browser);
    assertEquals(412, page.statusCode());
    assertFalse(page.body().contains("foreign"), "seen by nobody who may see it");
    String same = HtmlForms.read(page.body()).get(0).field("_conflictguard").values().get(0);
    assertEquals(412, save("7", "mine", same, browser));
    show("7", browser);
    HttpResponse<String> compared = post("7", "mine", same, browser);
    assertEquals(412, compared.statusCode());
    assertTrue(compared.body().contains("foreign"), compared.body());
    String fresh = HtmlForms.read(compared.body()).get(0).field("_conflictguard").values().get(0);
    assertEquals(302, save("7", "mine", fresh, browser));
  }

  @Test
  void aConflictOfTheDatabaseKeepsWhatWasTypedToo() throws Exception {
    start(RULE);
    HttpResponse<String> page = post("7", "taken", tokenIn(show("7")), "Accept", "text/html");
    assertEquals(409, page.statusCode());
    FormSnapshot form = HtmlForms.read(page.body()).get(0);
    assertEquals(List.of("taken"), form.field("value").values());
    assertEquals(302, save("7", "free", form.field("_conflictguard").values().get(0)));
  }

  @Test
  void aRestartMakesTokensOld() throws Exception {
    start(RULE.replace("\"form\"", "\"form\", \"allowInternalGet\": true"));
    String token = tokenIn(show("7"));
    try (FilterServer restarted = new FilterServer()) {
      restarted
          .rules(RULE)
          .filter(new ConflictFilter(), Map.of("formSecret", "0123456789abcdef"))
          .handle("/edit", (request, response) -> show(request, response))
          .handle("/save", this::save)
          .start();
      HttpResponse<String> refused =
          restarted.sendBody(
              "POST",
              "/save",
              "id=7&value=x&_conflictguard=" + token,
              "Content-Type",
              "application/x-www-form-urlencoded");
      assertEquals(412, refused.statusCode());
    }
  }

  @Test
  void aSecondClickGetsTheAnswerOfTheFirst() throws Exception {
    start(CREATION);
    String token = tokenIn(server.send("GET", "/new").body());
    HttpResponse<String> first = create("one", token);
    HttpResponse<String> second = create("one", token);
    assertEquals(302, first.statusCode());
    assertEquals(302, second.statusCode());
    assertEquals(first.headers().firstValue("Location"), second.headers().firstValue("Location"));
    assertEquals("true", second.headers().firstValue("Idempotent-Replayed").orElse(""));
    assertEquals(1, writes.get());
  }

  @Test
  void clicksAtTheSameTimeAreOneToo() throws Exception {
    start(CREATION);
    String token = tokenIn(server.send("GET", "/new").body());
    ExecutorService clicks = Executors.newFixedThreadPool(8);
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(clicks.submit(() -> create("one", token)));
    }
    Set<String> locations = new HashSet<>();
    for (Future<HttpResponse<String>> answer : answers) {
      assertEquals(302, answer.get().statusCode());
      locations.add(answer.get().headers().firstValue("Location").orElseThrow());
    }
    clicks.shutdown();
    assertEquals(1, writes.get());
    assertEquals(1, locations.size());
  }

  @Test
  void otherContentIsAnotherSubmission() throws Exception {
    start(CREATION);
    String token = tokenIn(server.send("GET", "/new").body());
    assertEquals(302, create("one", token).statusCode());
    assertEquals(302, create("two", token).statusCode());
    assertEquals(2, writes.get());
  }

  @Test
  void whatFailedIsTriedAgain() throws Exception {
    start(CREATION);
    String token = tokenIn(server.send("GET", "/new").body());
    assertEquals(500, create("fail", token).statusCode());
    assertEquals(500, create("fail", token).statusCode());
    assertEquals(2, writes.get());
  }

  @Test
  void whatAScriptSendsIsSentAsOftenAsItIs() throws Exception {
    start(CREATION);
    String token = tokenIn(server.send("GET", "/new").body());
    assertEquals(302, create("one", token, "X-Requested-With", "XMLHttpRequest").statusCode());
    assertEquals(302, create("one", token, "Sec-Fetch-Mode", "cors").statusCode());
    assertEquals(2, writes.get());
  }

  @Test
  void aRuleMayRefuseTheSecondClick() throws Exception {
    start(CREATION.replace("\"none\"", "\"none\", \"forms\": {\"resubmit\": \"refuse\"}"));
    String token = tokenIn(server.send("GET", "/new").body());
    assertEquals(302, create("one", token).statusCode());
    HttpResponse<String> second = create("one", token);
    assertEquals(409, second.statusCode());
    assertTrue(second.body().contains("duplicate-submit"), second.body());
    assertEquals(1, writes.get());
  }

  @Test
  void anAnswerThatIsAPageIsGivenAgainWithFormsThatCanBeSent() throws Exception {
    start(RULE);
    String token = tokenIn(show("7"));
    HttpResponse<String> first = post("7", "invalid", token);
    HttpResponse<String> again = post("7", "invalid", token);
    assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElse(""));
    assertEquals(withoutToken(first.body()), withoutToken(again.body()));
    assertEquals(302, save("7", "valid", tokenIn(again.body())));
  }

  @Test
  void aVersionOfTheApplicationCanBeDemanded() throws Exception {
    start(
        RULE.replace(
            "\"form\"", "{\"source\": \"native\", \"field\": \"value\"}, \"required\": true"));
    assertEquals(302, save("7", "x", null));
    assertEquals(
        428,
        server
            .sendBody("POST", "/save", "id=7", "Content-Type", "application/x-www-form-urlencoded")
            .statusCode());
  }

  @Test
  void whereAPreconditionIsRequiredAFormWithoutTokenIsRefused() throws Exception {
    start(RULE.replace("\"form\"", "\"form\", \"required\": true"));
    assertEquals(428, save("7", "x", null));
    assertEquals(302, save("7", "x", tokenIn(show("7"))));
  }

  private HttpResponse<String> create(String value, String token, String... headers)
      throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/x-www-form-urlencoded";
    return server.sendBody("POST", "/create", "value=" + value + "&_conflictguard=" + token, all);
  }

  private static String withoutToken(String page) {
    return TOKEN.matcher(page).replaceAll("");
  }

  private void start(String rules) throws Exception {
    records.put("7", "start");
    records.put("8", "start");
    server
        .rules(rules)
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> show(request, response))
        .handle(
            "/new",
            (request, response) -> {
              response.setContentType("text/html");
              response.getWriter().print("<form method=post action=create><input name=value>");
            })
        .handle(
            "/create",
            (request, response) -> {
              int number = writes.incrementAndGet();
              if (request.getParameter("value").equals("fail")) {
                throw new IllegalStateException("fail");
              }
              response.sendRedirect("record/" + number);
            })
        .handle(
            "/delete",
            (request, response) -> {
              writes.incrementAndGet();
              response.sendRedirect("list");
            })
        .handle("/save", this::save)
        .start();
  }

  private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.setCharacterEncoding("UTF-8");
    String id = request.getParameter("id");
    String value = request.getParameter("value");
    boolean files = request.getParameter("files") != null;
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<html><body><a href=\"delete?id=7#x\">Delete</a><a href=\"#top\">Top</a><form action=\"save"
                + (files ? "?id=7\" enctype=multipart/form-data" : "\"")
                + " method=\"post\">"
                + (request.getParameter("placed") == null
                    ? ""
                    : "<input type=hidden name=_conflictguard value="
                        + request.getAttribute("conflictGuardToken")
                        + ">")
                + "<input type=\"hidden\" name=\"id\""
                + " value=\""
                + id
                + "\"><input name=\"value\" value=\""
                + (value == null ? records.get(id) : value)
                + "\"><input type=\"submit\"></form></body></html>");
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.setCharacterEncoding("UTF-8");
    if (request.getContentType().startsWith("multipart")) {
      writes.incrementAndGet();
      response.sendRedirect("edit?id=" + request.getParameter("id"));
      return;
    }
    seen.add(
        request.getQueryString()
            + ' '
            + request.getHeader("X-None")
            + ' '
            + bodyOf(request)
            + ' '
            + request.getContentLength()
            + ' '
            + request.getHeader("content-length")
            + ' '
            + new TreeMap<>(request.getParameterMap()).keySet()
            + ' '
            + request.getParameter("_conflictguard"));
    if (request.getParameter("value").equals("invalid")) {
      show(request, response);
      return;
    }
    if (request.getParameter("value").equals("taken")) {
      throw new IllegalStateException(new SQLException("unique", "23505"));
    }
    writes.incrementAndGet();
    records.put(request.getParameter("id"), request.getParameter("value"));
    response.sendRedirect("edit?id=" + request.getParameter("id"));
  }

  /** What the application would read, without reading it. */
  private static String bodyOf(HttpServletRequest request) {
    return new TreeMap<>(request.getParameterMap())
        .entrySet().stream()
            .filter(field -> field.getKey().equals("id") || field.getKey().equals("value"))
            .map(field -> field.getKey() + "=" + field.getValue()[0])
            .collect(Collectors.joining("&"));
  }

  private String show(String id, String... headers) throws Exception {
    return server.send("GET", "/edit?id=" + id, headers).body();
  }

  private int save(String id, String value, String token, String... headers) throws Exception {
    return post(id, value, token, headers).statusCode();
  }

  private HttpResponse<String> post(String id, String value, String token, String... headers)
      throws Exception {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/x-www-form-urlencoded";
    int query = id.indexOf('?');
    return server.sendBody(
        "POST",
        "/save" + (query < 0 ? "" : id.substring(query)),
        "id="
            + (query < 0 ? id : id.substring(0, query))
            + "&value="
            + URLEncoder.encode(value, UTF_8)
            + (token == null ? "" : "&_conflictguard=" + token),
        all);
  }

  private static String tokenIn(String page) {
    Matcher token = TOKEN.matcher(page);
    assertTrue(token.find(), page);
    return token.group(1);
  }

  private static String sessionOf(HttpResponse<?> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }
}
