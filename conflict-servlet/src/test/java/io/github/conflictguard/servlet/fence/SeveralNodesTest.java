package io.github.conflictguard.servlet.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.rule.RuleFile;
import io.github.conflictguard.servlet.rule.StoreSpec;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers with one database, and an application that knows nothing of each other. */
@Tag("container")
class SeveralNodesTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern TOKEN =
      Pattern.compile("name=\"_conflictguard\" value=\"([^\"]*)\"");

  private static final String RULES =
      """
      {"store": {"dataSource": "attribute:office", "createTables": true},
       "rules": [
        {"name": "customer", "tag": "counter", "key": "customer/{id}",
         "read": "/customer/{id}", "write": "/customer/{id}"},
        {"name": "page", "tag": "counter", "key": "customer/{id}",
         "read": "/page/{id}", "write": "/page/{id}", "forms": true},
        {"name": "local", "tag": "counter", "withoutStore": "local", "write": "/local/{id}"},
        {"name": "serial", "tag": "counter", "serialize": true, "write": "/serial/{id}"}]}
      """;

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";db_close_delay=-1";
  private final DataSource office = HookedConnections.to(url);
  private final FilterServer first = new FilterServer();
  private final FilterServer second = new FilterServer();

  /** Set for requests with the parameter {@code wait}: between their read and their commit. */
  private final CountDownLatch reached = new CountDownLatch(1);

  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void createTable() throws Exception {
    execute("create table customer (id int primary key, name varchar(60))");
    execute("insert into customer values (7, 'Ada')");
    execute("insert into customer values (8, 'Bob')");
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    first.close();
    second.close();
    execute("shutdown");
  }

  @Test
  void tagOfOneNodeIsJudgedByTheOther() throws Exception {
    startBoth();
    String tag = tagOf(first);
    assertEquals(tag, tagOf(second));
    assertEquals(204, put(first, "Grace", tag).statusCode());
    assertEquals(412, put(second, "Late", tag).statusCode());
    assertEquals("Grace", name());
    assertNotEquals(tag, tagOf(second));
    assertEquals(204, put(second, "Next", tagOf(first)).statusCode());
    assertEquals("Next", name());
  }

  @Test
  void writeWithoutPreconditionIsNoticedByTheOtherNode() throws Exception {
    startBoth();
    String tag = tagOf(second);
    assertEquals(204, first.sendBody("PUT", "/customer/7?name=Grace", "").statusCode());
    assertEquals(412, put(second, "Late", tag).statusCode());
  }

  @Test
  void ofTwoWritesAtOnceTheLaterCommitIsRefused() throws Exception {
    startBoth();
    HttpResponse<String> late = overtaken("");
    assertEquals(412, late.statusCode());
    assertTrue(late.body().contains("precondition-failed"), late.body());
    assertEquals("Grace", name());
  }

  @Test
  void refusedCommitIsFoundWhereTheApplicationSwallowsIt() throws Exception {
    startBoth();
    assertEquals(412, overtaken("&swallow=1").statusCode());
    assertEquals("Grace", name());
  }

  @Test
  void refusedCommitThatTheApplicationReportsItselfIsLeftToIt() throws Exception {
    startBoth();
    HttpResponse<String> late = overtaken("&swallow=1&own=1");
    assertEquals(409, late.statusCode());
    assertEquals("own", late.body());
    assertEquals("Grace", name());
  }

  @Test
  void commitOfALaterPassIsRefused() throws Exception {
    startBoth();
    assertEquals(412, overtaken("&async=1").statusCode());
    assertEquals("Grace", name());
  }

  @Test
  void commitsAreCountedByLevelAndDatabase() throws Exception {
    startBoth();
    assertEquals(204, put(first, "Grace", tagOf(first)).statusCode());
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    StringBuilder counts = new StringBuilder();
    for (ObjectName filter :
        server.queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)) {
      counts.append(((TabularData) server.getAttribute(filter, "Commits")).keySet());
    }
    String database = url.substring(0, url.indexOf(';'));
    assertTrue(counts.toString().contains("fenced " + database), counts.toString());
  }

  @Test
  void serializedWriteThatIsOvertakenMayBeSentAgain() throws Exception {
    startBoth();
    CompletableFuture<HttpResponse<String>> late =
        later(() -> first.sendBody("PUT", "/serial/7?name=Late&wait=1", ""));
    assertTrue(reached.await(30, TimeUnit.SECONDS));
    assertEquals(204, second.sendBody("PUT", "/serial/7?name=Grace", "").statusCode());
    released.countDown();
    HttpResponse<String> response = late.get(30, TimeUnit.SECONDS);
    assertEquals(409, response.statusCode());
    assertTrue(response.headers().firstValue("Retry-After").isPresent());
    assertEquals("Grace", name());
    assertEquals(204, first.sendBody("PUT", "/serial/7?name=Again", "").statusCode());
  }

  @Test
  void formOfOneNodeIsJudgedByTheOther() throws Exception {
    startBoth();
    String stale = token(first);
    assertEquals(200, save(second, "Grace", token(first)).statusCode());
    HttpResponse<String> late = save(second, "Late", stale);
    assertEquals(412, late.statusCode());
    assertEquals("Grace", name());
    assertEquals(200, save(first, "Next", token(second)).statusCode());
  }

  @Test
  void overtakenFormGetsTheConflictPage() throws Exception {
    startBoth();
    String token = token(first);
    CompletableFuture<HttpResponse<String>> late =
        later(
            () ->
                first.sendBody(
                    "POST",
                    "/page/7?wait=1",
                    "name=Late&_conflictguard=" + token,
                    "Content-Type",
                    FORM,
                    "Accept",
                    "text/html"));
    assertTrue(reached.await(30, TimeUnit.SECONDS));
    assertEquals(200, save(second, "Grace", token).statusCode());
    released.countDown();
    HttpResponse<String> response = late.get(30, TimeUnit.SECONDS);
    assertEquals(412, response.statusCode());
    assertTrue(response.body().contains("Late"), response.body());
    assertEquals("Grace", name());
  }

  @Test
  void secondSaveFromTheSamePageIsNotAConflict() throws Exception {
    startBoth();
    String token = token(first);
    assertEquals(200, save(first, "Grace", token).statusCode());
    assertEquals(200, save(first, "Grace Hopper", token).statusCode());
    assertEquals("Grace Hopper", name());
  }

  @Test
  void writesOfOtherRecordsDoNotInterfere() throws Exception {
    startBoth();
    String tag = tagOf(first);
    assertEquals(204, second.sendBody("PUT", "/customer/8?name=Bill", "").statusCode());
    assertEquals(204, put(first, "Grace", tag).statusCode());
  }

  @Test
  void requestsThatDoNotReachTheApplicationLeaveNoCounter() throws Exception {
    startBoth();
    first.send("GET", "/customer/99");
    assertEquals(412, put(first, "x", "\"other\"").statusCode());
    assertEquals(0, count("select count(*) from cg_resource"));
    assertEquals(
        404, first.sendBody("PUT", "/customer/99?name=x", "").statusCode(), "no such record");
    assertEquals(1, count("select count(*) from cg_resource where writes = 0"));
  }

  @Test
  void withoutItsStoreAWriteIsRefused() throws Exception {
    startBoth();
    String tag = tagOf(first);
    assertEquals(204, first.sendBody("PUT", "/local/8?name=Bill", "").statusCode());
    execute("alter table cg_resource rename to moved");
    HttpResponse<String> refused = put(first, "Grace", tag);
    assertEquals(409, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    assertEquals("Ada", name());
    assertEquals(204, first.sendBody("PUT", "/local/8?name=Ben", "").statusCode());
    execute("alter table moved rename to cg_resource");
    assertEquals(204, put(first, "Grace", tag).statusCode());
  }

  @Test
  void missingTableStopsTheStartWithItsStatement() throws Exception {
    String rules = RULES.replace(", \"createTables\": true", "");
    StoreSpec spec =
        RuleFile.read(new ByteArrayInputStream(rules.getBytes(StandardCharsets.UTF_8))).store();
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> SharedCounters.of(spec, office::getConnection, "/app"));
    assertTrue(thrown.getMessage().contains("CREATE TABLE cg_resource"), thrown.getMessage());
    assertThrows(Exception.class, () -> start(first, rules, office));
  }

  private HttpResponse<String> overtaken(String more) throws Exception {
    String tag = tagOf(first);
    CompletableFuture<HttpResponse<String>> late =
        later(
            () ->
                first.sendBody("PUT", "/customer/7?name=Late&wait=1" + more, "", "If-Match", tag));
    assertTrue(reached.await(30, TimeUnit.SECONDS));
    assertEquals(204, put(second, "Grace", tag).statusCode());
    released.countDown();
    return late.get(30, TimeUnit.SECONDS);
  }

  private static CompletableFuture<HttpResponse<String>> later(
      Callable<HttpResponse<String>> request) {
    CompletableFuture<HttpResponse<String>> response = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                response.complete(request.call());
              } catch (Exception e) {
                response.completeExceptionally(e);
              }
            })
        .start();
    return response;
  }

  private void startBoth() throws Exception {
    start(first, RULES, office);
    start(second, RULES, office);
  }

  private void start(FilterServer server, String rules, DataSource dataSource) throws Exception {
    server
        .rules(rules)
        .attribute("office", dataSource)
        .filter(new ConflictFilter(), Map.of("formSecret", "0123456789abcdef0123456789abcdef"))
        .handle("/customer/*", this::serve)
        .handle("/page/*", this::serve)
        .handle("/local/*", this::serve)
        .handle("/serial/*", this::serve)
        .start();
  }

  private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getParameter("async") != null
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      request.startAsync().dispatch();
      return;
    }
    int id = Integer.parseInt(request.getPathInfo().substring(1));
    boolean isPage = request.getServletPath().equals("/page");
    response.setContentType(isPage ? "text/html" : "text/plain");
    try (Connection connection = office.getConnection()) {
      if (request.getMethod().equals("GET")) {
        response
            .getWriter()
            .write("<form method=post><input name=name value='" + name(id) + "'></form>");
        return;
      }
      connection.setAutoCommit(false);
      int rows;
      try (PreparedStatement update =
          connection.prepareStatement("update customer set name = ? where id = ?")) {
        if (request.getParameter("wait") != null) {
          reached.countDown();
          released.await(30, TimeUnit.SECONDS);
        }
        update.setString(1, request.getParameter("name"));
        update.setInt(2, id);
        rows = update.executeUpdate();
      }
      if (rows == 0) {
        connection.rollback();
        response.setStatus(404);
        return;
      }
      connection.commit();
      response.setStatus(request.getMethod().equals("POST") ? 200 : 204);
    } catch (SQLException e) {
      if (request.getParameter("swallow") == null) {
        throw new IOException(e);
      }
      boolean reports = request.getParameter("own") != null;
      response.setStatus(reports ? 409 : 200);
      response.getWriter().write(reports ? "own" : "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String tagOf(FilterServer server) throws Exception {
    return server.send("GET", "/customer/7").headers().firstValue("ETag").orElseThrow();
  }

  private static HttpResponse<String> put(FilterServer server, String name, String tag)
      throws Exception {
    return server.sendBody("PUT", "/customer/7?name=" + name, "", "If-Match", tag);
  }

  private static String token(FilterServer server) throws Exception {
    Matcher matcher = TOKEN.matcher(server.send("GET", "/page/7", "Accept", "text/html").body());
    assertTrue(matcher.find());
    return matcher.group(1);
  }

  private static HttpResponse<String> save(FilterServer server, String name, String token)
      throws Exception {
    String body = "name=" + name.replace(' ', '+') + "&_conflictguard=" + token;
    return server.sendBody("POST", "/page/7", body, "Content-Type", FORM, "Accept", "text/html");
  }

  private String name() throws SQLException {
    return name(7);
  }

  private String name(int id) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select name from customer where id = " + id)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
