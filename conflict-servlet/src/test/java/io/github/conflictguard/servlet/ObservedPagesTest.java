package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages in mode observe are parsed when a form comes, and the counts are as if they had been. */
@Tag("container")
class ObservedPagesTest {

  private static final String KEY = "record/{id}";

  private final Map<String, String> records = new ConcurrentHashMap<>();
  private final FilterServer server = new FilterServer();
  private volatile String how = "";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** In one part, in single characters and bytes, large, and longer than what is kept unread. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "writer",
        "characters",
        "bytes",
        "utf-16",
        "large",
        "long",
        "noscript",
        "unmatched",
        "xhtml"
      })
  void aStaleSaveIsCountedHoweverThePageIsWritten(String written) throws Exception {
    start("observe", KEY);
    how = written;
    String ada = login();
    String page = edit(ada, "7");
    save(login(), edit(login(), "7"), "unseen");
    String theirs = login();
    save(theirs, edit(theirs, "7"), "theirs");
    assertCounts("failedPreconditions=0 unguardedWrites=1");
    save(ada, page, "mine");
    assertCounts("failedPreconditions=1 unguardedWrites=1 undecidedWrites=0");
  }

  @Test
  void aStaleSaveIsCountedHoweverManyPagesWereReadSince() throws Exception {
    start("observe", KEY);
    String ada = login();
    String bob = login();
    String page = edit(ada, "7");
    save(bob, edit(bob, "7"), "theirs");
    for (int i = 0; i < 200; i++) {
      edit(i % 2 == 0 ? ada : bob, String.valueOf(100 + i));
    }
    save(ada, page, "mine");
    assertCounts("failedPreconditions=1 lostUpdates=1 undecidedWrites=0");
  }

  @Test
  void recordsOfDifferentSessionsAreKeptApart() throws Exception {
    start("observe", "record/{session.office}/{id}");
    String ada = login("?office=north");
    String bob = login("?office=south");
    String page = edit(ada, "7");
    save(bob, edit(bob, "7"), "theirs");
    save(ada, page, "mine");
    assertCounts("failedPreconditions=0 unguardedWrites=0");
    String again = edit(ada, "7");
    String carl = login("?office=north");
    save(carl, edit(carl, "7"), "carl's");
    save(ada, again, "mine again");
    assertCounts("failedPreconditions=1 unguardedWrites=0");
  }

  /**
   * The first two pages show that the salt is no value. They are followed by writes, after which
   * the record is the same as on the second one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"observe", "protect"})
  void whatPagesHaveShownBeforeAWriteIsKnownAfterIt(String mode) throws Exception {
    start(mode, KEY);
    how = "salt";
    String ada = login();
    String bob = login();
    edit(ada, "7");
    String page = edit(ada, "7");
    save(bob, edit(bob, "7"), "theirs");
    save(bob, edit(bob, "7"), "start");
    edit(ada, "7");
    save(ada, page, "mine");
    assertCounts("failedPreconditions=0 unguardedWrites=0");
  }

  /** A change that was made elsewhere, between two pages of a client. */
  @ParameterizedTest
  @ValueSource(strings = {"observe", "protect"})
  void pageThatIsOlderThanOneWithAnotherStateIsStale(String mode) throws Exception {
    start(mode, KEY);
    String ada = login();
    String older = edit(ada, "7");
    records.put("7", "by a job");
    edit(ada, "7");
    save(ada, older, "start", "note", "n");
    assertCounts("failedPreconditions=1 unguardedWrites=0");
  }

  @Test
  void headOfAPageShowsNoForm() throws Exception {
    start("observe", KEY);
    String ada = login();
    String page = edit(login(), "7");
    server.send("HEAD", "/edit?id=7", "Cookie", ada);
    save(ada, page, "mine");
    assertCounts("failedPreconditions=0 unguardedWrites=1");
  }

  private void start(String mode, String key) throws Exception {
    String rules =
        """
        {"rules": [{"name": "r", "mode": "%s", "key": "%s", "read": "/edit?id={id:number}",
          "write": "POST /save?form.id={id:number}", "tag": "form", "forms": true}]}
        """;
    server
        .rules(rules.formatted(mode, key))
        .filter(new ConflictFilter())
        .handle("/edit", this::edit)
        .handle("/save", this::save)
        .handle(
            "/login",
            (request, response) ->
                request
                    .getSession()
                    .setAttribute("office", String.valueOf(request.getParameter("office"))))
        .start();
  }

  private void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String id = request.getParameter("id");
    String before =
        how.equals("long") || how.equals("large")
            ? "<p>" + "<td>text</td>".repeat(how.equals("long") ? 300_000 : 60_000)
            : how.equals("noscript")
                ? "<noscript><p></noscript>"
                : how.equals("unmatched") ? "<!-- <form> --><p title='<form'>\u20ac" : "";
    String salt = how.equals("salt") ? UUID.randomUUID().toString() : "1";
    String page =
        "<html><body>"
            + before
            + "<form method='post' action='save'><input type='hidden' name='id' value='"
            + id
            + "'/><input type='hidden' name='salt' value='"
            + salt
            + "'/><input name='name' value='"
            + records.getOrDefault(id, "start")
            + "'/><input name='note' value=''/></form></body></html>";
    response.setContentType(how.equals("xhtml") ? "application/xhtml+xml" : "text/html");
    response.setCharacterEncoding(how.equals("utf-16") ? "UTF-16BE" : "UTF-8");
    if (how.equals("bytes")) {
      for (byte b : page.getBytes(UTF_8)) {
        response.getOutputStream().write(b);
      }
    } else if (how.equals("utf-16")) {
      response.getOutputStream().write(page.getBytes("UTF-16BE"));
    } else if (how.equals("characters")) {
      for (char c : page.toCharArray()) {
        response.getWriter().write(c);
      }
    } else {
      response.getWriter().write(page);
    }
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    records.put(request.getParameter("id"), request.getParameter("name"));
    response.sendRedirect("/app/done");
  }

  private String login() throws Exception {
    return login("");
  }

  private String login(String query) throws Exception {
    HttpResponse<String> response = server.send("GET", "/login" + query);
    return response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private String edit(String session, String id) throws Exception {
    byte[] page = server.send("GET", "/edit?id=" + id, "Cookie", session).body().getBytes(UTF_8);
    return new String(page, UTF_8).replace("\0", "");
  }

  private void save(String session, String page, String name, String... more) throws Exception {
    FormSnapshot form = HtmlForms.read(page).get(0);
    Map<String, String> fields =
        form.fields().stream()
            .filter(field -> field.kind() != FieldKind.SUBMIT)
            .collect(Collectors.toMap(FormField::name, field -> field.values().get(0)));
    fields.put("name", name);
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    String body =
        fields.entrySet().stream()
            .map(each -> each.getKey() + '=' + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    server.sendBody(
        "POST",
        "/save",
        body,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Cookie",
        session);
  }

  private static void assertCounts(String expected) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    CompositeData rule = ((CompositeData[]) beans.getAttribute(name, "Rules"))[0];
    StringBuilder counts = new StringBuilder();
    for (String each : expected.split(" ")) {
      String what = each.split("=")[0];
      counts.append(what).append('=').append(rule.get(what)).append(' ');
    }
    assertEquals(expected, counts.toString().trim());
  }
}
