package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode observe: nothing changes for anybody, and JMX shows what would have been refused. */
@Tag("container")
class ObserveTest {

  private final Note note = new Note("{}");
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "body"})
  void aWriteOverAChangeThatItsClientHasNotSeenIsALostUpdate(String source) throws Exception {
    start(source);
    String ada = login();
    String grace = login();
    read(ada);
    read(grace);
    assertEquals(204, write("{\"by\":\"ada\"}", "Cookie", ada));
    assertEquals(0, count("lostUpdates"), "she had seen what she changed");
    assertEquals(204, write("{\"by\":\"grace\"}", "Cookie", grace));
    assertEquals(1, count("lostUpdates"), "she had not");
    assertEquals(204, write("{\"by\":\"grace, again\"}", "Cookie", grace));
    assertEquals(1, count("lostUpdates"), "her own change is no surprise to her");
    read(ada);
    assertEquals(204, write("{\"by\":\"ada\"}", "Cookie", ada));
    assertEquals(1, count("lostUpdates"));
    assertEquals(4, count("unguardedWrites"));
    assertEquals(4, count("missingPreconditions"));
    assertEquals("{\"by\":\"ada\"}", note.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "body"})
  void whatWouldHaveBeenRefusedIsCountedAndRuns(String source) throws Exception {
    start(source);
    assertEquals(204, write("1", "If-Match", "\"old\""));
    assertEquals(204, write("2", "If-Match", "*"));
    assertEquals(204, write("3", "If-Match", "no tag"));
    assertEquals("3", note.text());
    assertEquals(1, count("failedPreconditions"));
    assertEquals(0, count("unguardedWrites"));
  }

  @Test
  void aChangeThatWasMadeElsewhereIsSeenInTheBody() throws Exception {
    start("body");
    String ada = login();
    read(ada);
    note.changeTo("{\"by\":\"a job\"}");
    assertEquals(204, write("{\"by\":\"ada\"}", "Cookie", ada));
    assertEquals(1, count("lostUpdates"));
    assertEquals(204, write("{\"by\":\"ada, again\"}", "Cookie", ada));
    assertEquals(1, count("lostUpdates"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "body"})
  void ofSeveralClientsBehindOneAddressItCannotBeTold(String source) throws Exception {
    start(source);
    assertEquals(200, server.send("GET", "/note").statusCode());
    String ada = login();
    read(ada);
    assertEquals(204, write("{\"by\":\"ada\"}", "Cookie", ada));
    assertEquals(200, server.send("GET", "/note").statusCode());
    assertEquals(204, write("{\"by\":\"somebody\"}"));
    assertEquals(0, count("lostUpdates"));
    assertEquals(1, count("undecidedWrites"), "one of two, who have read different states");
  }

  @Test
  void noByteOfAnyAnswerChanges() throws Exception {
    start("counter");
    HttpResponse<String> read = server.send("GET", "/note", "If-None-Match", "*");
    assertEquals(200, read.statusCode());
    assertTrue(read.headers().firstValue("ETag").isEmpty());
    HttpResponse<String> failed = server.send("POST", "/fail");
    assertEquals(500, failed.statusCode());
  }

  private void start(String source) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "notes", "mode": "observe", "tag": "%s", "allowInternalGet": true, "required": true,
              "read": "/note", "write": ["/note", "/fail"]}]}
            """
                .formatted(source))
        .filter(new ConflictFilter())
        .handle("/note", note)
        .handle("/login", (request, response) -> request.getSession())
        .handle(
            "/fail",
            (request, response) -> {
              throw new SQLException("m", "23505");
            })
        .start();
  }

  private String login() throws Exception {
    return server
        .send("POST", "/login")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split(";")[0];
  }

  private void read(String cookie) throws Exception {
    assertEquals(200, server.send("GET", "/note", "Cookie", cookie).statusCode());
  }

  private int write(String body, String... headers) throws Exception {
    return server.sendBody("PUT", "/note", body, headers).statusCode();
  }

  private static long count(String what) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    CompositeData[] rules = (CompositeData[]) beans.getAttribute(name, "Rules");
    assertEquals(Map.of("notes", "observe", "-", "protect"), modes(rules));
    return (Long) rules[0].get(what);
  }

  private static Map<String, String> modes(CompositeData[] rules) {
    return Map.of(
        (String) rules[0].get("rule"),
        (String) rules[0].get("mode"),
        (String) rules[1].get("rule"),
        (String) rules[1].get("mode"));
  }
}
