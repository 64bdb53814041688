package io.github.conflictguard.servlet.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.advice.Advice;
import io.github.conflictguard.servlet.statistics.TimeSeries.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the monitor keeps over a restart, with a journal file and without one. */
class MonitorRestartTest {

  @TempDir Path folder;

  private final Map<String, String> parameters = new HashMap<>(Map.of("monitor", "token"));

  private MonitorModel start() throws Exception {
    MonitorModel model =
        MonitorModel.of(
            MonitorSettingsOf.parameters(parameters), "/app", List::of, Set.of(), List::of);
    assertTrue(model != null);
    return model;
  }

  private static void lose(MonitorModel model, String path) {
    ProblemDetail problem = ProblemDetail.of(ProblemType.STALE_VERSION, path).build();
    model.record(new LostUpdateEvent(problem, "PUT", "k", null, null, Collision.unknown()));
  }

  private static List<String> advice(MonitorModel model) {
    return model.advice().stream().map(Advice::id).toList();
  }

  @Test
  void countsAndDismissedAdviceSurviveWithAJournalFile() throws Exception {
    parameters.put("journal", folder.resolve("conflicts.json").toString());
    try (MonitorModel model = start()) {
      lose(model, "/app/orders/1");
      lose(model, "/app/orders/2");
      assertTrue(model.dismiss("add-rule:/orders/{id}"));
      assertFalse(model.dismiss("add-rule:/others"), "not given");
    }
    try (MonitorModel model = start()) {
      awaitTotal(model, 2);
      assertEquals(2, total(model, Step.HOUR));
      lose(model, "/app/orders/3");
      lose(model, "/app/notes/1");
      assertEquals(List.of("add-rule:/notes/{id}"), advice(model));
    }
    try (MonitorModel model = start()) {
      awaitTotal(model, 4);
      assertEquals(List.of(), advice(model), "events of before are in the file alone");
    }
    String state = Files.readString(folder.resolve("conflicts.json.state"));
    assertFalse(state.contains("/app") || state.contains("orders"), state);
  }

  @Test
  void processThatTakesOverTheFileContinuesWithWhatItsOwnerHasCounted() throws Exception {
    parameters.put("journal", folder.resolve("j").toString());
    MonitorModel owner = start();
    lose(owner, "/app/orders/1");
    // Written by its owner.
    await(() -> Files.exists(folder.resolve("j")));
    try (MonitorModel next = start()) {
      try (owner) {
        lose(owner, "/app/orders/2");
        assertTrue(owner.dismiss("add-rule:/orders/{id}"));
        lose(next, "/app/orders/3");
        assertEquals(1, total(next, Step.DAY), "that of the owner changes");
        assertEquals(List.of("add-rule:/orders/{id}"), advice(next));
      }
      awaitTotal(next, 3);
      assertEquals(List.of(), advice(next));
    }
    try (MonitorModel model = start()) {
      awaitTotal(model, 3);
    }
  }

  @Test
  void identifierInTheStateIsNotKept() throws Exception {
    parameters.put("journal", folder.resolve("j").toString());
    Files.writeString(folder.resolve("j.state"), "{\"dismissed\": [\"add-rule:/orders/{id}\"]}");
    start().close();
    String state = Files.readString(folder.resolve("j.state"));
    assertFalse(state.contains("orders"), state);
  }

  @Test
  void withoutAFileTheyEndWithTheApplication() throws Exception {
    try (MonitorModel model = start()) {
      lose(model, "/app/orders/1");
      assertTrue(model.dismiss("add-rule:/orders/{id}"));
      assertEquals(List.of(), advice(model));
    }
    try (MonitorModel model = start()) {
      assertEquals(0, total(model, Step.DAY));
      lose(model, "/app/orders/1");
      assertEquals(List.of("add-rule:/orders/{id}"), advice(model));
    }
  }

  @Test
  void stateThatIsDamagedDoesNotStopTheStart() throws Exception {
    parameters.put("journal", folder.resolve("j").toString());
    for (String damaged :
        List.of(
            "",
            "{",
            "[]",
            "{\"counts\": 1, \"dismissed\": 2}",
            "{\"counts\": {\"lost\": {\"DAY\": [1e400, 1], \"HOUR\": [\"x\"], \"MINUTE\": 7}}}",
            "{\"counts\": {\"lost\": {\"DAY\": [9223372036854775807, 5, -3]}}}",
            "{\"dismissed\": [1, null, {}]}")) {
      Files.writeString(folder.resolve("j.state"), damaged);
      MonitorModel model = start();
      model.close();
      assertEquals(0, total(model, Step.DAY), damaged);
      assertEquals("{\"dismissed\":[],\"counts\":{", begin(folder.resolve("j.state")), damaged);
    }
  }

  private static String begin(Path state) throws Exception {
    return Files.readString(state).replace(" ", "").substring(0, 26);
  }

  private static void awaitTotal(MonitorModel model, long expected) {
    await(() -> total(model, Step.DAY) == expected);
  }

  private static void await(BooleanSupplier condition) {
    Instant limit = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(limit), "not within 30 seconds");
      Thread.onSpinWait();
    }
  }

  private static long total(MonitorModel model, Step step) {
    long total = 0;
    for (long count : model.series().counts("lost", step)) {
      total += count;
    }
    return total;
  }
}
