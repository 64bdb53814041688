package io.github.conflictguard.loadtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.conflictguard.sample.FenceProgram;
import io.github.conflictguard.store.FencedWrite;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The hook that the agent inserts into commits of real drivers, in JVMs of their own. */
class FencedCommitIT {

  private static final Path AGENT = Path.of(System.getProperty("agent.jar"));

  private static final String H2 = "jdbc:h2:mem:fence;db_close_delay=-1";
  private static final String REFUSED = "40001, refused, 0, []";

  @Test
  void commitsOfH2AreFenced() throws Exception {
    assertOutcomes(
        run("", H2, "org.h2.jdbcx.JdbcDataSource"), "fenced"); // Only the statement has failed.
  }

  @Test
  void commitsOfPostgresAreFenced() throws Exception {
    try (EmbeddedPostgres server = start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      assertOutcomes(run("", url, "org.postgresql.xa.PGXADataSource"), "");
    }
  }

  @Test
  void commitsOfDriversInModulesAreFencedOnRequest() throws Exception {
    List<String> outcomes =
        run("=fenceModules=true", H2, "org.h2.jdbcx.JdbcDataSource", pathOf(org.h2.Driver.class));
    assertOutcomes(outcomes, "fenced");
  }

  @Test
  void commitsOfDriversInModulesAreLeftOtherwise() throws Exception {
    List<String> outcomes = run("", H2, "org.h2.jdbcx.JdbcDataSource", pathOf(org.h2.Driver.class));
    assertTrue(outcomes.contains("current: done, 1, []"), outcomes.toString());
    assertTrue(outcomes.contains("stale: done, 1, []"), outcomes.toString());
  }

  private static EmbeddedPostgres start() throws Exception {
    try {
      return EmbeddedPostgres.builder().setServerConfig("max_prepared_transactions", "10").start();
    } catch (LinkageError | IllegalStateException e) {
      return abort("PostgreSQL does not start here: " + e);
    }
  }

  private static void assertOutcomes(List<String> outcomes, String levelOfFailed) {
    assertEquals(
        String.join(
            "\n",
            "current: done, 1, [fenced]",
            "stale: " + REFUSED,
            "stale, swallowed: done, refused, 0, []",
            "stale, repeatable read: " + REFUSED,
            "stale, by a prepared statement: " + REFUSED,
            "stale, by a batch: " + REFUSED,
            "stale, auto-commit switched on: " + REFUSED,
            "stale, auto-commit switched on after a failed commit: done, refused, 0, []",
            "stale, committed by SQL: " + REFUSED,
            "two commits: done, 1, [fenced]",
            "stale, then another commit: " + REFUSED,
            "stale, then another connection: " + REFUSED,
            "rolled back, then committed: done, 0, []",
            "stale, nothing changed: done, 0, []",
            "failed transaction: done, 0, [" + levelOfFailed + "]",
            "another database: done, 0, [local]",
            "current, in auto-commit mode: done, 1, [checked]",
            "stale, in auto-commit mode: " + REFUSED,
            "swallowed conflict: done, 0, ["
                + (levelOfFailed.isEmpty() ? "" : levelOfFailed + ", ")
                + "recorded]",
            "current branch: done, 1, [fenced]",
            "stale branch: XA_RBROLLBACK, refused, 0, []"),
        String.join("\n", outcomes));
  }

  private static String pathOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static List<String> run(String options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    String classPath =
        Stream.of(
                FencedWrite.class,
                FenceProgram.class,
                org.h2.Driver.class,
                org.postgresql.Driver.class)
            .map(FencedCommitIT::pathOf)
            .collect(Collectors.joining(File.pathSeparator));
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx256m", "-javaagent:" + AGENT + options, "-cp", classPath));
    command.add(FenceProgram.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), lines.toString());
      return lines.stream()
          .filter(line -> !line.startsWith("[conflict-guard]") && !line.contains("warning"))
          .toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
