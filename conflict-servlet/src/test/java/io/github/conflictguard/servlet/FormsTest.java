package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private final Map<String, String> records = new ConcurrentHashMap<>();
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
  void aWriteThatChangedNothingVisibleAccusesNobodyOnceThePageWasShownAgain() throws Exception {
    start(RULE);
    String session = sessionOf(server.send("GET", "/login"));
    String token = tokenIn(show("7", "Cookie", session));
    assertEquals(302, save("7", "start", tokenIn(show("7"))));
    show("7");
    assertEquals(302, save("7", "mine", token, "Cookie", session));
  }

  @Test
  void aChangeFromOutsideMakesOlderPagesStaleOnceAnybodyHasSeenIt() throws Exception {
    start(RULE);
    String token = tokenIn(show("7"));
    records.put("7", "by a job");
    String newer = tokenIn(show("7"));
    assertEquals(412, save("7", "mine", token));
    assertEquals(302, save("7", "mine", newer));
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
    assertEquals(412, save("7", "mine", "x" + token.substring(1)));
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
    start(RULE.replace("\"form\"", "\"form\", \"ask\": true"));
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
    start(CREATION.replace("\"none\"", "\"none\", \"forms\": {\"once\": \"refuse\"}"));
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
        .handle("/save", this::save)
        .start();
  }

  private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.setCharacterEncoding("UTF-8");
    String id = request.getParameter("id");
    String value = request.getParameter("value");
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<html><body><form action=\"save\" method=\"post\"><input type=\"hidden\" name=\"id\""
                + " value=\""
                + id
                + "\"><input name=\"value\" value=\""
                + (value == null ? records.get(id) : value)
                + "\"><input type=\"submit\"></form></body></html>");
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.setCharacterEncoding("UTF-8");
    if (request.getParameter("value").equals("invalid")) {
      show(request, response);
      return;
    }
    writes.incrementAndGet();
    records.put(request.getParameter("id"), request.getParameter("value"));
    response.sendRedirect("edit?id=" + request.getParameter("id"));
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
    return server.sendBody(
        "POST",
        "/save",
        "id="
            + id
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
