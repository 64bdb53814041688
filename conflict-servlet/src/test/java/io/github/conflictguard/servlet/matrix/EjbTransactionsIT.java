package io.github.conflictguard.servlet.matrix;

import static io.github.conflictguard.servlet.matrix.ServerFamily.TOMEE;
import static io.github.conflictguard.servlet.matrix.ServerFamily.WILDFLY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guarded methods in transactions of EJB and JTA: on WildFly, whose transaction manager is
 * Narayana, and on TomEE.
 */
@Tag("heavy")
class EjbTransactionsIT {

  private static final String AGENT = "-javaagent:" + Path.of(System.getProperty("agent.jar"));

  /** TomEE takes the names of beans as those of the whole server. */
  private static final String UNIQUE_NAMES = "-Dopenejb.deploymentId.format={moduleId}/{ejbName}";

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

  /** Those of this build that have enterprise beans; else the one that is always unpacked. */
  static List<ServerKind> servers() {
    List<ServerKind> servers =
        ServerKind.ofThisBuild().stream()
            .filter(kind -> EnumSet.of(TOMEE, WILDFLY).contains(kind.family))
            .toList();
    return servers.isEmpty() ? List.of(ServerKind.WILDFLY_39) : servers;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everyWayCommitsRollsBackAndRepeatsAlikeAndReportsIt(ServerKind kind) throws Exception {
    try (Server server =
        Server.start(kind, List.of(EjbWar.values()), List.of(AGENT, UNIQUE_NAMES))) {
      for (EjbWar war : EjbWar.values()) {
        assertEquals(
            String.join("\n", lines(OUTCOMES)), String.join("\n", lines(found(server, war))));
      }
      server.awaitOutput(
          Pattern.compile(
              "TransferBean#checked\\(\\).*is guarded inside a transaction \\(@Stateless"));
      server.awaitOutput(
          Pattern.compile("JtaTransfers#retried\\(\\).*never retried.*\\(@Transactional\\)"));
    }
  }

  private static Map<String, String> found(Server server, War war) throws Exception {
    Map<String, String> found = new LinkedHashMap<>();
    try (WireClient client = new WireClient(server.port())) {
      for (String scenario : OUTCOMES.keySet()) {
        found.put(scenario, client.send("GET", war.path() + "/transfers/" + scenario).text());
      }
    }
    return found;
  }

  private static List<String> lines(Map<String, String> outcomes) {
    return outcomes.entrySet().stream()
        .map(each -> each.getKey() + ": " + each.getValue())
        .toList();
  }
}
