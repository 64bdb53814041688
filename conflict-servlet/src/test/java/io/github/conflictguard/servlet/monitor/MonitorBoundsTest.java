package io.github.conflictguard.servlet.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.attribution.Actor;
import io.github.conflictguard.servlet.attribution.FieldDigests;
import io.github.conflictguard.servlet.config.ActorNames;
import io.github.conflictguard.servlet.journal.Journal;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import io.github.conflictguard.servlet.journal.Worklist;
import io.github.conflictguard.servlet.statistics.HourlyTop.Window;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Events of clients that choose everything that is recorded, through the whole model: a million of
 * them in the profile {@code stress}.
 */
class MonitorBoundsTest {

  private static final int EVENTS = 1000 * Integer.getInteger("stress.increments", 100);

  /** The sum of the bounds: writes 28 MiB, reads 8, predictions, journal 2, worklist, top lists. */
  private static final long MOST_BYTES = 72L << 20;

  /** What other threads of this JVM may have kept. */
  private static final long TOLERANCE = 8L << 20;

  private String address = "";
  private long now = 1_700_000_000_000L;

  @Test
  void memoryIsBoundedAndTimeIsLinear() throws Exception {
    HttpServletRequest request = request();
    MonitorModel model =
        new MonitorModel(
            MonitorSettingsOf.parameters(Map.of("monitor", "token")),
            "/app",
            () -> now,
            ZoneOffset.UTC,
            MonitorBoundsTest::rules,
            Set.of(),
            List::of);
    CollisionRecorder recorder = new CollisionRecorder(ActorNames.PSEUDONYM, () -> now, model);
    long empty = usedAfterCollection();
    // A first quarter fills all bounds, and the JIT compiles what follows.
    send(0, EVENTS / 4, request, recorder, model);
    long quarter = usedAfterCollection();
    long begun = processorTime();
    send(EVENTS / 4, EVENTS / 2, request, recorder, model);
    long second = processorTime() - begun;
    long half = usedAfterCollection();
    begun = processorTime();
    send(EVENTS / 2, EVENTS, request, recorder, model);
    long rest = processorTime() - begun;
    long all = usedAfterCollection();
    assertTrue(all - empty < MOST_BYTES + TOLERANCE, (all - empty) + " bytes");
    assertTrue(half - quarter < TOLERANCE, quarter + ", then " + half);
    assertTrue(all - half < TOLERANCE, half + ", then " + all);
    // Twice as many events: a step of quadratic time would take four times as long and more.
    assertTrue(rest < 6 * second, second + " ns, then " + rest);
    assertBounds(model);
    model.close();
  }

  private static void assertBounds(MonitorModel model) {
    Journal journal = model.journal();
    assertEquals(EVENTS, journal.lastSequence(), "all are counted");
    assertTrue(journal.size() <= Journal.MOST_ENTRIES && journal.bytes() <= Journal.MOST_BYTES);
    assertTrue(journal.bytes() > Journal.MOST_BYTES / 2, "the journal is full");
    long total = 0;
    for (Outcome outcome : Outcome.values()) {
      total += journal.total(outcome);
    }
    assertEquals(EVENTS, total);
    assertEquals(Worklist.MOST_ITEMS, model.open().size());
    assertTrue(model.worklist().dropped() > EVENTS / 10);
    assertEquals(500, model.patterns().all().size());
    assertTrue(model.patterns().ungrouped() > 0);
    assertEquals(200, model.resources().top(Window.SINCE_START, EVENTS).size());
    assertEquals(EVENTS, model.resources().total(Window.SINCE_START));
    assertEquals(200, model.pairs().top(Window.SINCE_START, EVENTS).size());
    assertEquals(100, model.actors().top(Window.SINCE_START, EVENTS).size());
    assertTrue(model.series().names().size() <= 65);
    assertEquals(50, model.advice().size());
    assertTrue(model.score().count() <= 5000, "forecasts " + model.score().count());
    assertTrue(model.score().count() > 0);
  }

  private void send(
      int from,
      int to,
      HttpServletRequest request,
      CollisionRecorder recorder,
      MonitorModel model) {
    for (int i = from; i < to; i++) {
      // A third of all is about few records, so that writes collide.
      String key = i % 3 == 0 ? "orders/" + i % 97 : "orders/" + i;
      String rule = i % 5 == 0 ? "rule" + i : "orders";
      address = "10." + ((i >> 16) & 255) + "." + ((i >> 8) & 255) + "." + (i & 255);
      now += 500;
      if (i % 2 == 0) {
        recorder.served(request, key, rule, now);
        recorder.servedTag(request, key, "\"" + i + "\"", now);
      }
      FieldDigests sent = i % 4 == 0 ? fields(i) : null;
      Collision collision = recorder.explain(request, key, now - 600_000, sent, sent).build();
      if (i % 8 == 0) {
        recorder.written(request, key, rule, sent, null);
      }
      record(i, key, rule, collision, recorder.actorOf(request), model);
    }
  }

  private static void record(
      int i, String key, String rule, Collision collision, Actor actor, MonitorModel model) {
    ProblemType type = i % 50 == 0 ? ProblemType.DUPLICATE_KEY : ProblemType.STALE_VERSION;
    ProblemDetail problem = ProblemDetail.of(type, "/app/p" + i % 1009 + "/" + i).build();
    switch (i % 10) {
      case 0:
        model.record(new LostUpdateEvent(problem, "PUT", key, null, null, collision));
        break;
      case 1:
        model.record(new LockWaitEvent("PUT", "/app/x", key, rule, true, collision));
        break;
      default:
        model.record(
            ConflictEvent.of(problem, Found.PRECONDITION, "M" + i % 1000, key)
                .rule(rule)
                .handler(i % 3 == 0 ? "a.Handler#m" + i : null)
                .collision(collision)
                .answered(i % 10 < 8)
                .build(),
            actor);
    }
  }

  /** As many and as long as are recorded at most, for one of four. */
  private static FieldDigests fields(int i) {
    Map<String, String[]> fields = new LinkedHashMap<>();
    int most = i % 16 == 0 ? 64 : 3;
    String name = i % 16 == 0 ? "n".repeat(70) + i + "." : "a" + i;
    for (int field = 0; field < most; field++) {
      fields.put(name + field, new String[] {"v" + (i + field) % 7});
    }
    return FieldDigests.ofParameters(fields);
  }

  private static List<RuleCounts> rules() {
    List<RuleCounts> rules = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rules.add(new RuleCounts("rule" + i, "observe", 10, 0, 1, 0, 0, 1, 0, 0));
    }
    return rules;
  }

  /** Not by Mockito, which looks at the stack of each call. */
  private HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "getRemoteAddr":
                  return address;
                case "isRequestedSessionIdValid":
                  return false;
                default:
                  return null;
              }
            });
  }

  /** Of this thread alone: what else the machine does is of no importance. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedAfterCollection() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }
}
