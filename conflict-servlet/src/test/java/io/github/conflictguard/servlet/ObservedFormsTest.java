package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms in mode observe: the counts are those of the same hour in mode protect. */
@Tag("container")
class ObservedFormsTest {

  private static final Map<String, String> records = new ConcurrentHashMap<>();

  private final FilterServer server = new FilterServer();
  private volatile CyclicBarrier parallel;
  private volatile int answer = 302;

  @AfterEach
  void stop() throws Exception {
    server.close();
    records.clear();
  }

  /** The sources that forms may carry. */
  public static final class RecordState implements StateResolver {

    @Override
    public SelectedRepresentation resolve(Map<String, String> variables) {
      String value = records.getOrDefault("7", "start");
      return SelectedRepresentation.present(
          EntityTag.strong(Integer.toHexString(value.hashCode())), null);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "counter", "resolver"})
  void aStaleSaveIsCountedWhateverTheTagSource(String source) throws Exception {
    start(rule(source, "observe", ""));
    String ada = login();
    String grace = login();
    Page ofAda = edit(ada);
    Page ofGrace = edit(grace);
    assertEquals(302, ofAda.save("ada's"));
    assertCounts("failedPreconditions=0 lostUpdates=0 undecidedWrites=0");
    assertEquals(302, ofGrace.save("grace's"));
    assertCounts("failedPreconditions=1 lostUpdates=1 undecidedWrites=0");
    assertCounts("unguardedWrites=0 missingPreconditions=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-store", "flush", "stream"})
  void aStaleSaveIsCountedHoweverThePageIsSent(String how) throws Exception {
    start(rule("form", "observe", ""));
    Page mine = edit(login(), "&" + how);
    Page theirs = edit(login(), "&" + how);
    theirs.save("theirs");
    mine.save("mine");
    assertCounts("failedPreconditions=1 lostUpdates=1");
  }

  @Test
  void thePageThatStartsTheSessionCounts() throws Exception {
    start(rule("form", "observe", ""));
    HttpResponse<String> first = server.send("GET", "/edit?id=7&session");
    Page mine = new Page(first.body(), sessionOf(first));
    edit(login()).save("theirs");
    mine.save("mine");
    assertCounts("failedPreconditions=1 lostUpdates=1 undecidedWrites=0");
  }

  @Test
  void ofTwoTabsTheOlderOneIsStaleAndTheNewerOneIsNot() throws Exception {
    start(rule("form", "observe", ""));
    String ada = login();
    Page older = edit(ada);
    edit(login()).save("theirs");
    Page newer = edit(ada);
    newer.save("theirs", "note", "n");
    assertCounts("failedPreconditions=0 lostUpdates=0");
    older.save("start", "note", "o");
    assertCounts("failedPreconditions=1 lostUpdates=1 undecidedWrites=0");
  }

  @Test
  void ofTwoTabsThatCannotBeToldApartItCannotBeTold() throws Exception {
    start(rule("form", "observe", ""));
    String ada = login();
    Page older = edit(ada);
    edit(login()).save("theirs");
    edit(ada);
    older.save("changed in either of them");
    assertCounts("failedPreconditions=0 undecidedWrites=1 lostUpdates=0");
  }

  @Test
  void tokenThatARuleRequiresIsNotMissedOnPagesThatCarryNone() throws Exception {
    start(rule("form", "observe", "\"required\": \"token\","));
    Page older = edit(login());
    edit(login()).save("theirs");
    older.save("mine");
    assertCounts("failedPreconditions=1 missingPreconditions=0 lostUpdates=1");
  }

  @Test
  void cancelIsNoWrite() throws Exception {
    start(rule("form", "observe", ""));
    Page older = edit(login());
    edit(login()).save("theirs");
    older.save("mine", "_cancel", "Cancel");
    assertCounts("failedPreconditions=0 lostUpdates=0 undecidedWrites=0");
  }

  @Test
  void ofParallelSavesAllButOneAreStale() throws Exception {
    start(rule("form", "observe", ""));
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      pages.add(edit(login()));
    }
    parallel = new CyclicBarrier(6);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<Integer>> saves = new ArrayList<>();
    for (Page page : pages) {
      saves.add(threads.submit(() -> page.save("by " + pages.indexOf(page))));
    }
    for (Future<Integer> save : saves) {
      assertEquals(302, save.get());
    }
    threads.shutdown();
    assertCounts("failedPreconditions=5 lostUpdates=5 undecidedWrites=0");
  }

  @Test
  void severalPeopleBehindOneAddressCannotBeToldApart() throws Exception {
    start(rule("form", "observe", ""));
    Page first = edit(null);
    edit(login()).save("theirs");
    edit(null);
    first.save("mine");
    assertCounts("failedPreconditions=0 lostUpdates=0 undecidedWrites=1");
  }

  @Test
  void whatNobodyBehindAnAddressCanHaveSeenIsLost() throws Exception {
    start(rule("form", "observe", ""));
    Page first = edit(null);
    edit(null);
    edit(login()).save("theirs");
    first.save("mine");
    assertCounts("failedPreconditions=1 lostUpdates=1 undecidedWrites=0");
  }

  @Test
  void aDemandedPreconditionIsNotMissingWhereTheFormWouldHaveCarriedAToken() throws Exception {
    start(rule("form", "observe", "\"required\": true,"));
    edit(login()).save("mine");
    assertCounts("missingPreconditions=0 unguardedWrites=0 failedPreconditions=0");
    new Page(edit(login()).html, null).save("from nowhere");
    assertCounts("missingPreconditions=1 unguardedWrites=1");
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 400, 412})
  void aStaleSaveThatTheApplicationRefusedIsNoLostUpdate(int status) throws Exception {
    start(rule("form", "observe", ""));
    Page mine = edit(login());
    edit(login()).save("theirs");
    answer = status;
    assertEquals(status, mine.save("mine"));
    assertCounts("failedPreconditions=1 lostUpdates=0 undecidedWrites=0");
  }

  @Test
  void aDoubleSubmitIsCounted() throws Exception {
    start(rule("form", "observe", ""));
    Page page = edit(login());
    page.save("mine");
    page.save("mine");
    assertCounts("replayedWrites=1 failedPreconditions=0 lostUpdates=0 undecidedWrites=0");
  }

  @Test
  void ofAPageThatWouldSendTheSameItCannotBeToldWhetherItIsARepetition() throws Exception {
    start(rule("form", "observe", ""));
    String ada = login();
    Page page = edit(ada);
    page.save("mine");
    edit(ada);
    page.save("mine");
    assertCounts("replayedWrites=0 failedPreconditions=0 lostUpdates=0 undecidedWrites=1");
  }

  @Test
  void anotherSaveAfterADoubleSubmitIsNone() throws Exception {
    start(rule("form", "observe", ""));
    String ada = login();
    edit(ada).save("a");
    edit(ada).save("b");
    edit(ada).save("a");
    assertCounts("replayedWrites=0 failedPreconditions=0 lostUpdates=0 undecidedWrites=0");
  }

  @Test
  void aDoubleSubmitOfACreationIsCounted() throws Exception {
    start(
        """
        {"rules": [{"name": "r", "mode": "observe", "read": "/edit?id=7", "write": "POST /save",
          "tag": "none"}]}
        """);
    Page page = edit(login());
    page.save("new");
    page.save("new");
    assertCounts("replayedWrites=1 lostUpdates=0");
  }

  @Test
  void theLogNamesTheRecordThePathTheInstanceAndTheOtherWrite() throws Exception {
    start(rule("form", "observe", ""));
    Logger logger = Logger.getLogger(ConflictFilter.class.getName());
    LogLines log = new LogLines();
    logger.addHandler(log);
    try {
      Page mine = edit(login());
      edit(login()).save("theirs");
      mine.save("mine");
      String line =
          log.lines.stream()
              .filter(each -> each.startsWith("Lost update"))
              .findFirst()
              .orElseThrow();
      assertTrue(
          line.matches(
              "Lost update: record record/7, POST /app/save, rule r, instance urn:uuid:[0-9a-f-]{36}:"
                  + " overwrites the write of 20[0-9T:.Z-]+, which its client has not seen"),
          line);
    } finally {
      logger.removeHandler(log);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "counter", "resolver"})
  void theSameHourGivesTheSameNumbersInBothModes(String source) throws Exception {
    assertEquals(hourOf(source, "protect"), hourOf(source, "observe"));
  }

  private static Map<String, Long> hourOf(String source, String mode) throws Exception {
    ObservedFormsTest another = new ObservedFormsTest();
    try {
      return another.hour(source, mode);
    } finally {
      another.stop();
    }
  }

  /** Two tabs, stale saves and their repetition, a double click, a third save, a second one. */
  private Map<String, Long> hour(String source, String mode) throws Exception {
    start(rule(source, mode, "\"required\": true,"));
    String ada = login();
    String grace = login();
    Page a = edit(ada);
    Page g = edit(grace);
    Page third = edit(login());
    a.save("a1");
    a.save("a1");
    g.save("g1");
    g.save("g2");
    Page later = edit(login());
    g.save("g3");
    later.save("later");
    third.save("third");
    a.save("a2");
    edit(ada).save("a3");
    edit(ada).save("a4");
    edit(grace).save("g4");
    Map<String, Long> counts = new TreeMap<>();
    for (String name :
        List.of(
            "failedPreconditions",
            "missingPreconditions",
            "replayedWrites",
            "unguardedWrites",
            "requests")) {
      counts.put(name, count(name));
    }
    assertTrue(counts.get("failedPreconditions") > 4, counts.toString());
    return counts;
  }

  @Test
  void noByteOfAPageChangesAndNoSessionIsTouched() throws Exception {
    start(rule("form", "observe", ""));
    HttpResponse<String> page = server.send("GET", "/edit?id=7");
    assertEquals(page("7", "start", ""), page.body());
    assertEquals(
        String.valueOf(page.body().length()),
        page.headers().firstValue("Content-Length").orElse(""));
    assertEquals("\"own\"", page.headers().firstValue("ETag").orElse(""));
    assertFalse(page.headers().firstValue("Set-Cookie").isPresent());
  }

  private static String rule(String source, String mode, String more) {
    String tag =
        source.equals("resolver")
            ? "{\"source\": \"resolver\", \"class\": \"" + RecordState.class.getName() + "\"}"
            : '"' + source + '"';
    return """
        {"rules": [{"name": "r", "mode": "%s", "key": "record/{id}", "read": "/edit?id={id:number}",
          %s "write": "POST /save?form.id={id:number}", "tag": %s, "forms": true}]}
        """
        .formatted(mode, more, tag);
  }

  private void start(String rules) throws Exception {
    records.clear();
    server
        .rules(rules)
        .filter(new ConflictFilter())
        .handle("/edit", this::edit)
        .handle("/save", this::save)
        .handle("/login", (request, response) -> request.getSession().setAttribute("a", 1))
        .start();
  }

  private void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getParameter("session") != null) {
      request.getSession();
    }
    if (request.getParameter("no-store") != null) {
      response.setHeader("Cache-Control", "no-store");
    }
    response.setContentType("text/html;charset=UTF-8");
    String id = request.getParameter("id");
    String page = page(id, records.getOrDefault(id, "start"), "");
    if (request.getParameter("stream") != null) {
      response.getOutputStream().write(page.getBytes(UTF_8));
    } else if (request.getParameter("flush") != null) {
      response.getWriter().print(page.substring(0, 40));
      response.flushBuffer();
      response.getWriter().print(page.substring(40));
    } else {
      response.setHeader("ETag", "\"own\"");
      response.setContentLength(page.length());
      response.getWriter().print(page);
    }
  }

  private static String page(String id, String value, String note) {
    return "<!DOCTYPE html><title>t</title><form method=post action=save>"
        + "<input type=hidden name=id value="
        + id
        + "><input name=name value=\""
        + value
        + "\"><input name=note value=\""
        + note
        + "\"><button>Save</button></form>";
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CyclicBarrier wait = parallel;
    if (wait != null) {
      try {
        wait.await();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
    if (answer == 302) {
      records.put(request.getParameter("id"), request.getParameter("name"));
      response.sendRedirect("/app/done");
    } else {
      response.setStatus(answer);
    }
  }

  private String login() throws Exception {
    return sessionOf(server.send("GET", "/login"));
  }

  private static String sessionOf(HttpResponse<String> response) {
    return response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private Page edit(String session) throws Exception {
    return edit(session, "");
  }

  private Page edit(String session, String more) throws Exception {
    String[] headers = session == null ? new String[0] : new String[] {"Cookie", session};
    return new Page(server.send("GET", "/edit?id=7" + more, headers).body(), session);
  }

  private void assertCounts(String expected) throws Exception {
    StringBuilder counts = new StringBuilder();
    for (String each : expected.split(" ")) {
      String name = each.split("=")[0];
      counts.append(name).append('=').append(count(name)).append(' ');
    }
    assertEquals(expected, counts.toString().trim());
  }

  private static long count(String what) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    CompositeData[] rules = (CompositeData[]) beans.getAttribute(name, "Rules");
    return (Long) rules[0].get(what);
  }

  /** A page as a browser shows it. */
  private final class Page {

    private final String html;
    private final String session;

    Page(String html, String session) {
      this.html = html;
      this.session = session;
    }

    int save(String name, String... others) throws Exception {
      FormSnapshot form = HtmlForms.read(html).get(0);
      Map<String, String> fields = new LinkedHashMap<>();
      for (FormField field : form.fields()) {
        if (field.kind() != FieldKind.SUBMIT) {
          fields.put(field.name(), field.values().get(0));
        }
      }
      fields.put("name", name);
      for (int i = 0; i < others.length; i += 2) {
        fields.put(others[i], others[i + 1]);
      }
      StringBuilder body = new StringBuilder();
      fields.forEach(
          (key, value) ->
              body.append(body.isEmpty() ? "" : "&")
                  .append(key)
                  .append('=')
                  .append(URLEncoder.encode(value, UTF_8)));
      List<String> headers =
          new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
      if (session != null) {
        headers.addAll(List.of("Cookie", session));
      }
      return server
          .sendBody("POST", "/save", body.toString(), headers.toArray(new String[0]))
          .statusCode();
    }
  }
}
