package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.servlet.container.RawAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent on WildFly, where driver and Hibernate are modules: exceptions and successes of classes
 * whose loaders do not see the boot class loader are recorded.
 */
@Tag("heavy")
class ModuleDriverIT {

  private static final String AGENT = "-javaagent:" + Path.of(System.getProperty("agent.jar"));
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final ManagedWar WAR = new ManagedWar();

  private static Server server;
  private WireClient client;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(ServerKind.WILDFLY_39, List.of(WAR), List.of(AGENT));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    client = new WireClient(server.port());
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @Test
  void logStatesThatExceptionsAreRecorded() throws Exception {
    server.awaitOutput(Pattern.compile("recorder of swallowed exceptions: yes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc", "jpa"})
  void swallowedDuplicateKeyIsAConflict(String way) throws Exception {
    assertStored(add(way + "/once", "ada." + way));
    RawAnswer conflict = add(way + "/once", "ada." + way);
    assertEquals("409", conflict.statusLine().split(" ")[1], conflict.text());
    assertEquals(
        "duplicate-key", new ObjectMapper().readTree(conflict.text()).get("kind").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc", "jpa"})
  void secondAttemptThatStoresIsNoConflict(String way) throws Exception {
    assertStored(add(way + "/again", "alan." + way));
    int before = count();
    assertStored(add(way + "/again", "alan." + way));
    assertEquals(before + 1, count());
  }

  private RawAnswer add(String way, String email) throws IOException {
    return client.sendBody("POST", WAR.path() + "/customers/" + way, "email=" + email, FORM);
  }

  private int count() throws IOException {
    return Integer.parseInt(client.send("GET", WAR.about()).text().trim());
  }

  private static void assertStored(RawAnswer answer) {
    assertEquals("Stored", answer.text(), answer.statusLine());
  }
}
