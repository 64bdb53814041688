package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.servlet.container.RawAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real applications on real servers with a real database and the agent: conflicts that they keep to
 * themselves are found, and nobody is accused who has stored what was to be stored.
 */
@ParameterizedClass
@EnumSource(names = {"TOMCAT_9", "TOMCAT_11", "JETTY_12_EE10"})
@Tag("heavy")
class SwallowedConflictIT {

  private static final String AGENT = "-javaagent:" + Path.of(System.getProperty("agent.jar"));
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 40;

  private static Server server;

  @Parameter ServerKind kind;
  private WireClient client;

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind, Arrays.asList(SwallowingWar.values()), List.of(AGENT));
  }

  @AfterParameterizedClassInvocation
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

  @ParameterizedTest
  @EnumSource
  void whatIsSwallowedIsAConflict(SwallowingWar war) throws Exception {
    String path = war.path(war.needsRule() ? "ruled" : "plain");
    assertStored(add(path, "ada"));
    int before = count(war);
    RawAnswer conflict = add(path, "ada");
    assertEquals(409, status(conflict), conflict.text());
    assertEquals(before, count(war));
    JsonNode problem = new ObjectMapper().readTree(conflict.text());
    assertEquals("duplicate-key", problem.get("kind").asText());
    assertEquals(war.needsRule() ? "e-mail" : null, problem.path("field").textValue());
    assertFalse(conflict.text().contains("uk_customer"), conflict.text());
    assertTheLogHasTheCause(problem.get("instance").asText(), war);
  }

  @ParameterizedTest
  @EnumSource(names = {"CATCH_ALL", "REDIRECT"})
  void aSuccessThatNoRuleNamesIsBelieved(SwallowingWar war) throws Exception {
    String path = war.path("plain");
    int first = status(add(path, "grace"));
    int before = count(war);
    assertEquals(first, status(add(path, "grace")));
    assertEquals(before, count(war), "there should have been a conflict");
  }

  @ParameterizedTest
  @EnumSource
  void whoeverTriedAgainAndStoredIsNotAccused(SwallowingWar war) throws Exception {
    for (String way : List.of("/ruled/retry", "/ruled/retry-transaction")) {
      assertStored(add(war.path() + way, "alan"));
      int before = count(war);
      assertStored(add(war.path() + way, "alan"));
      assertEquals(before + 1, count(war));
    }
    RawAnswer failed = add(war.path() + "/ruled/retry?status=500", "alan");
    assertEquals(500, status(failed));
    assertTrue(failed.text().contains("<p>Stored</p>"), failed.text());
  }

  /** The threads of the server know nothing of the requests that they have served before. */
  @Test
  void amongManyWritesExactlyThoseAreAccusedThatCollide() throws Exception {
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String name = "client" + i;
      clients.add(
          () -> {
            try (WireClient own = new WireClient(server.port())) {
              collideNowAndThen(own, name);
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      for (Future<Void> done : threads.invokeAll(clients)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void collideNowAndThen(WireClient own, String name) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      SwallowingWar war = SwallowingWar.values()[round % SwallowingWar.values().length];
      String path = war.path(war.needsRule() ? "ruled" : "plain");
      String email = name + "." + round;
      assertStored(add(own, path, email));
      assertEquals(409, status(add(own, path, email)));
      assertStored(add(own, war.path() + "/ruled/retry", email));
    }
  }

  private static void assertTheLogHasTheCause(String instance, SwallowingWar war)
      throws IOException {
    String found = war == SwallowingWar.ATTRIBUTE ? "attribute" : "recorder";
    server.awaitOutput(
        Pattern.compile(
            "conflict kind=duplicate-key status=409 answered=true found="
                + found
                + " .* instance="
                + instance
                + "\\R.*JdbcSQLIntegrityConstraintViolationException: "));
  }

  private RawAnswer add(String path, String email) throws IOException {
    return add(client, path, email);
  }

  private static RawAnswer add(WireClient client, String path, String email) throws IOException {
    return client.sendBody("POST", path, "email=" + email + "@example.org", FORM);
  }

  private int count(SwallowingWar war) throws IOException {
    return Integer.parseInt(client.send("GET", war.about()).text().trim());
  }

  private static void assertStored(RawAnswer answer) {
    boolean stored = status(answer) == 302 || answer.text().contains("<p>Stored</p>");
    assertTrue(stored && status(answer) < 400, answer.statusLine() + answer.text());
  }

  private static int status(RawAnswer answer) {
    return Integer.parseInt(answer.statusLine().split(" ")[1]);
  }
}
