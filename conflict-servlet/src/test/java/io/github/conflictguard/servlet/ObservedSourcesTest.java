package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms and links of every tag source in mode observe: the numbers are those of mode protect. */
@Tag("container")
class ObservedSourcesTest {

  private static final List<String> COUNTED =
      List.of(
          "failedPreconditions",
          "missingPreconditions",
          "replayedWrites",
          "unguardedWrites",
          "requests");

  private final FilterServer server = new FilterServer();
  private final DataSource database = database();
  private volatile boolean checks;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "form, 1, 1",
    "counter, 1, 1",
    "query, 1, 1",
    "native, 0, 0",
    "application, 0, 1",
    "none, 0, 0"
  })
  void staleSaveIsCountedByItsSource(String source, int failed, int lost) throws Exception {
    start(source, "observe");
    FormUser.Filled mine = FormUser.loggedIn(server).open("/edit?id=7");
    FormUser.Filled theirs = FormUser.loggedIn(server).open("/edit?id=7");
    theirs.with("name", "theirs").send();
    mine.with("name", "mine").send();
    String expected = "failedPreconditions=" + failed + " lostUpdates=" + lost;
    assertEquals(expected, JmxCounts.like(expected));
    String rest = "undecidedWrites=0 unguardedWrites=0 missingPreconditions=0";
    assertEquals(rest, JmxCounts.like(rest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "counter", "query", "native", "application", "none"})
  void theSameHourGivesTheSameNumbersInBothModes(String source) throws Exception {
    assertEquals(hourOf(source, "protect"), hourOf(source, "observe"));
  }

  @Test
  void changeThatAJobHasMadeIsSeenByTheQuery() throws Exception {
    start("query", "observe");
    FormUser.Filled mine = FormUser.loggedIn(server).open("/edit?id=7");
    save("by a job");
    mine.with("name", "mine").send();
    String expected = "failedPreconditions=1 lostUpdates=1 undecidedWrites=0";
    assertEquals(expected, JmxCounts.like(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"observe", "protect"})
  void linkOfAPageThatIsOlderThanTheRecordIsStale(String mode) throws Exception {
    start("form", mode);
    FormUser ada = FormUser.loggedIn(server);
    FormUser grace = FormUser.loggedIn(server);
    String link = linkIn(ada.get("/list").body());
    assertEquals(302, grace.open("/edit?id=7").with("name", "theirs").send().statusCode());
    assertEquals(mode.equals("observe") ? 302 : 412, ada.get(link).statusCode());
    String expected = "failedPreconditions=1 undecidedWrites=0 unguardedWrites=0";
    assertEquals(expected, JmxCounts.like(expected));
    FormUser later = FormUser.loggedIn(server);
    assertEquals(302, later.get(linkIn(later.get("/list").body())).statusCode());
    assertEquals(expected, JmxCounts.like(expected));
    ada.get(linkIn(ada.get("/list").body()));
    // Which of two lists that look the same a link was on is told by its token alone.
    String undecided = "failedPreconditions=1 undecidedWrites=" + (mode.equals("observe") ? 1 : 0);
    assertEquals(undecided, JmxCounts.like(undecided));
  }

  private static String linkIn(String page) {
    Matcher link = Pattern.compile("href='?\"?(delete[^'\">]+)").matcher(page);
    assertTrue(link.find(), page);
    return "/" + link.group(1).replace("&amp;", "&");
  }

  private static Map<String, Long> hourOf(String source, String mode) throws Exception {
    ObservedSourcesTest another = new ObservedSourcesTest();
    try {
      return another.hour(source, mode);
    } finally {
      another.stop();
    }
  }

  private Map<String, Long> hour(String source, String mode) throws Exception {
    checks = source.equals("native");
    start(source, mode);
    FormUser ada = FormUser.loggedIn(server);
    FormUser grace = FormUser.loggedIn(server);
    FormUser.Filled a = ada.open("/edit?id=7");
    FormUser.Filled g = grace.open("/edit?id=7");
    a.with("name", "a1").send();
    a.send();
    g.with("name", "g1").send();
    g.with("name", "g2").send();
    ada.open("/edit?id=7").with("note", "n").with("name", "a2").send();
    grace.open("/edit?id=7").with("name", "g3").send();
    FormUser.loggedIn(server).post("/save", "id=7&name=from+nowhere&note=");
    Map<String, Long> counts = new TreeMap<>();
    for (String name : COUNTED) {
      counts.put(name, JmxCounts.of(name));
    }
    return counts;
  }

  private void start(String source, String mode) throws Exception {
    String tag =
        switch (source) {
          case "query" ->
              "{\"source\": \"query\", \"dataSource\": \"attribute:db\","
                  + " \"sql\": \"SELECT version FROM item WHERE id = {id:number}\"}";
          case "native" -> "{\"source\": \"native\", \"field\": \"version\"}";
          default -> '"' + source + '"';
        };
    server
        .rules(
            """
            {"rules": [{"name": "r", "mode": "%s", "key": "record/{id}", "tag": %s,
              "read": "/edit?id={id:number}", "forms": {"links": true}, "required": true,
              "write": ["POST /save?form.id={id:number}", "GET /delete?id={id:number}"]}]}
            """
                .formatted(mode, tag))
        .attribute("db", database)
        .filter(new ConflictFilter())
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", (request, response) -> show(response))
        .handle("/list", (request, response) -> list(response))
        .handle("/delete", (request, response) -> response.sendRedirect("list"))
        .handle("/save", this::save)
        .start();
  }

  private static void list(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().print("<title>t</title><a href='delete?id=7'>Delete</a>");
  }

  private void show(HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name, version FROM item")) {
      row.next();
      response
          .getWriter()
          .printf(
              "<title>t</title><form method=post action=save><input type=hidden name=id value=7>"
                  + "<input type=hidden name=version value=%d><input name=name value='%s'>"
                  + "<input name=note><button>Save</button></form>",
              row.getInt(2), row.getString(1));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version FROM item")) {
      row.next();
      if (checks && !row.getString(1).equals(request.getParameter("version"))) {
        response.setStatus(409);
        return;
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    save(request.getParameter("name"));
    response.sendRedirect("done");
  }

  private void save(String name) throws IOException {
    try (Connection connection = database.getConnection();
        var update =
            connection.prepareStatement("UPDATE item SET name = ?, version = version + 1")) {
      update.setString(1, name);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static DataSource database() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (id INT, name VARCHAR(99), version INT)");
      statement.execute("INSERT INTO item VALUES (7, 'start', 1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return source;
  }
}
