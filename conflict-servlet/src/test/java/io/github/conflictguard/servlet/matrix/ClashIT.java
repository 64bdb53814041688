package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Applications use the libraries that they bring along, of whatever version, and are guarded all
 * the same; with the agent in the JVM as well.
 */
@Tag("heavy")
class ClashIT {

  private static final String AGENT = "-javaagent:" + Path.of(System.getProperty("agent.jar"));

  @ParameterizedTest
  @CsvSource({"TOMCAT_9, OLD", "TOMCAT_9, MIDDLE", "TOMCAT_11, NEW"})
  void theApplicationsLibrariesAndTheGuardWork(ServerKind kind, ClashWar war) throws Exception {
    try (Server server = Server.start(kind, List.of(war), List.of(AGENT));
        WireClient client = new WireClient(server.port())) {
      Set<String> used = new TreeSet<>();
      used.add(useJackson(client, war.path()));
      used.add(useSlf4j(client, server, war.path()));
      if (war != ClashWar.NEW) {
        used.add(useHibernate(client, war.path()));
        used.add(useByteBuddy(client, war.path()));
      }
      assertEquals(war.libraries.size(), used.size(), used::toString);
      for (String library : war.libraries) {
        assertTrue(used.stream().anyMatch(jar -> jar.startsWith(library)), library + " in " + used);
      }
    }
  }

  private static String useJackson(WireClient client, String path) throws Exception {
    RawAnswer read = client.send("GET", path + "/record");
    assertEquals("{}", read.text());
    String match = "If-Match: " + read.header("ETag");
    assertStatus(304, client.send("GET", path + "/record", "If-None-" + match.substring(3)));
    assertStatus(204, client.sendBody("PUT", path + "/record", "{\"name\" : \"Ada\"}", match));
    RawAnswer stale = client.sendBody("PUT", path + "/record", "{\"name\": 1}", match);
    assertStatus(412, stale);
    assertTrue(stale.text().contains("\"kind\":\"stale-version\""), stale.text());
    RawAnswer now = client.send("GET", path + "/record");
    assertEquals("{\"name\":\"Ada\"}", now.text());
    return now.header("X-Library");
  }

  private static String useHibernate(WireClient client, String path) throws Exception {
    RawAnswer stored = client.send("POST", path + "/people?ada@example.org");
    assertStatus(201, stored);
    RawAnswer conflict = client.send("POST", path + "/people?ada@example.org");
    assertStatus(409, conflict);
    assertTrue(conflict.text().contains("\"kind\":\"duplicate-key\""), conflict.text());
    assertStatus(201, client.send("POST", path + "/people?grace@example.org"));
    return stored.header("X-Library");
  }

  private static String useByteBuddy(WireClient client, String path) throws Exception {
    RawAnswer made = client.send("GET", path + "/made");
    assertEquals("made", made.text());
    return made.header("X-Library");
  }

  private static String useSlf4j(WireClient client, Server server, String path) throws Exception {
    RawAnswer told = client.send("GET", path + "/log");
    assertEquals("org.slf4j.impl.SimpleLogger", told.text());
    server.awaitOutput(Pattern.compile("LogLine - told by " + path));
    return told.header("X-Library");
  }

  private static void assertStatus(int status, RawAnswer answer) {
    assertEquals("HTTP/1.1 " + status, answer.statusLine().trim().substring(0, 12), answer::text);
  }
}
