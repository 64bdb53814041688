package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guarded methods in transactions of EJB and JTA on WildFly, whose transaction manager is Narayana.
 */
@Tag("heavy")
class EjbTransactionsIT {

  private static final String AGENT = "-javaagent:" + Path.of(System.getProperty("agent.jar"));

  /** TomEE takes the names of beans as those of the whole server. */
  private static final String UNIQUE_NAMES =
      "-Dopenejb.deploymentId.format={moduleId}/{ejbName}";

  /** By the scenario: how often it ran, how its transactions ended, and what left. */
  private static final Map<String, String> OUTCOMES = new LinkedHashMap<>();

  static {
    OUTCOMES.put("unchecked", "runs=1 [rolled back] left=ConflictException");
    OUTCOMES.put("checked", "runs=1 [rolled back] left=ConflictException");
    OUTCOMES.put("checkedUntranslated", "runs=1 [committed] left=SQLException");
    OUTCOMES.put("application", "runs=1 [rolled back] left=ConflictException");
    OUTCOMES.put("applicationUntranslated", "runs=1 [committed] left=StaleOrder");
    OUTCOMES.put("retried", "runs=1 [rolled back] left=ConflictException");
    OUTCOMES.put("notSupported", "runs=2 [] left=nothing");
    OUTCOMES.put("around", "runs=2 [rolled back, committed] left=nothing");
    OUTCOMES.put("aroundCommit", "runs=2 [rolled back, committed] left=nothing");
    OUTCOMES.put("translates", "runs=1 [committed] left=ConflictException");
    OUTCOMES.put("ended", "runs=2 [rolled back, committed] left=nothing");
    OUTCOMES.put("endsDoomed", "runs=1 [rolled back] left=ConflictException");
    OUTCOMES.put("inner", "runs=2 [rolled back, committed] left=ConflictException");
    OUTCOMES.put("recovered", "runs=1 [committed] left=duplicate-key");
    OUTCOMES.put("jtaRetried", "runs=1 [rolled back] left=ConflictException");
    OUTCOMES.put("jtaUntranslated", "runs=1 [committed] left=IllegalStateException");
    OUTCOMES.put("jtaTranslated", "runs=1 [rolled back] left=ConflictException");
    OUTCOMES.put("jtaNotSupported", "runs=2 [] left=nothing");
  }

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server =
        Server.start(
            ServerKind.valueOf(System.getProperty("ejb.server", "WILDFLY_39")),
            List.of(EjbWar.values()),
            List.of(AGENT, UNIQUE_NAMES));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(EjbWar.class)
  void everyWayCommitsRollsBackAndRepeatsAlike(EjbWar war) throws Exception {
    Map<String, String> found = new LinkedHashMap<>();
    try (WireClient client = new WireClient(server.port())) {
      for (String scenario : OUTCOMES.keySet()) {
        found.put(scenario, client.send("GET", war.path() + "/transfers/" + scenario).text());
      }
    }
    assertEquals(String.join("\n", lines(OUTCOMES)), String.join("\n", lines(found)));
  }

  @Test
  void guardsInsideTransactionsAreReported() throws Exception {
    server.awaitOutput(
        Pattern.compile(
            "TransferBean#checked\\(\\).*is guarded inside a transaction \\(@Stateless"));
    server.awaitOutput(
        Pattern.compile("JtaTransfers#retried\\(\\).*never retried.*\\(@Transactional\\)"));
  }

  private static List<String> lines(Map<String, String> outcomes) {
    return outcomes.entrySet().stream()
        .map(each -> each.getKey() + ": " + each.getValue())
        .toList();
  }
}
