package io.github.conflictguard.servlet.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.servlet.explanation.CustomerOffice.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two users who work at the same time: the counts of both modes, and an oracle. */
@Tag("container")
class ScriptedHourTest {

  private static final int STEPS = 80;

  private static CustomerOffice shared;
  private static String[] cookies;
  private static int tries;

  /** The saves of a script, as an application with version numbers would judge them. */
  private static final class Oracle {

    final Map<String, Integer> versions = new HashMap<>();
    final Map<String, Integer> seen = new HashMap<>();

    void open(int user, String record) {
      seen.put(user + "/" + record, versions.getOrDefault(record, 0));
    }

    /** Returns whether the save is stale; otherwise its user has seen it. */
    boolean isStale(int user, String record) {
      int version = versions.getOrDefault(record, 0);
      if (seen.get(user + "/" + record) != version) {
        return true;
      }
      versions.put(record, version + 1);
      seen.put(user + "/" + record, version + 1);
      return false;
    }
  }

  /**
   * Runs the script.
   *
   * @return the stale saves, and those that overwrite a change if every save is carried out
   */
  private static int[] run(CustomerOffice office, String mode, boolean serial) throws Exception {
    office.startMonitored(mode);
    String[] sessions = {office.login(), office.login()};
    Random random = new Random(18);
    Oracle oracle = new Oracle();
    Oracle everything = new Oracle();
    Map<String, Page> pages = new HashMap<>();
    int stale = 0;
    int lost = 0;
    for (int step = 0; step < STEPS; step++) {
      int user = random.nextInt(2);
      String record = String.valueOf(1 + random.nextInt(2));
      Page page = pages.get(user + "/" + record);
      if (page == null || serial || random.nextBoolean()) {
        page = office.open(sessions[user], record);
        pages.put(user + "/" + record, page);
        oracle.open(user, record);
        everything.open(user, record);
      }
      if (serial || random.nextBoolean()) {
        boolean expected = oracle.isStale(user, record);
        stale += expected ? 1 : 0;
        if (everything.isStale(user, record)) {
          lost++;
          everything.open(user, record);
          everything.isStale(user, record);
        }
        int status = page.save("city " + step, "1").statusCode();
        assertEquals(expected && mode.equals("protect") ? 412 : 302, status, "step " + step);
        // Whoever was refused, or would have been, begins again.
        page = office.open(sessions[user], record);
        pages.put(user + "/" + record, page);
        oracle.open(user, record);
        everything.open(user, record);
      }
    }
    return new int[] {stale, lost};
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "observe"})
  void bothModesCountTheSameConflicts(String mode) throws Exception {
    try (CustomerOffice office = new CustomerOffice()) {
      int[] expected = run(office, mode, false);
      int stale = expected[0];
      assertTrue(stale > 5, "conflicts: " + stale);
      assertEquals(stale, office.conflicts.size());
      boolean answered = mode.equals("protect");
      for (ConflictEvent event : office.conflicts) {
        assertEquals("stale-version", event.kind());
        assertEquals(answered, event.isAnswered());
        assertEquals(Origin.OTHER, event.collision().origin());
      }
      assertEquals(answered ? 0 : expected[1], office.lost.size());
      Map<String, Integer> outcomes = new HashMap<>();
      for (JsonNode entry : office.monitor("conflicts").get("conflicts")) {
        outcomes.merge(entry.get("outcome").asText(), 1, Integer::sum);
      }
      assertEquals(
          answered ? Map.of("refused", stale) : Map.of("observed", stale, "lost", expected[1]),
          outcomes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "observe"})
  void serialEditsAreNoConflicts(String mode) throws Exception {
    try (CustomerOffice office = new CustomerOffice()) {
      assertEquals(0, run(office, mode, true)[0]);
      assertEquals(0, office.conflicts.size());
      assertEquals(0, office.lost.size());
      assertEquals(0, office.monitor("conflicts").get("conflicts").size());
    }
  }

  /** Steps 0 to 3 open a record, steps 4 to 7 save it: two users, two records. */
  @Property(tries = 60)
  void everyInterleavingIsJudgedLikeByVersions(
      @ForAll @Size(min = 4, max = 24) List<@IntRange(max = 7) Integer> steps) throws Exception {
    if (shared == null) {
      shared = new CustomerOffice().startMonitored("protect");
      cookies = new String[] {shared.login(), shared.login()};
    }
    int number = ++tries;
    Oracle oracle = new Oracle();
    Map<String, Page> pages = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      int user = steps.get(i) & 1;
      String record = number + "0" + (steps.get(i) >> 1 & 1);
      String name = user + "/" + record;
      if (steps.get(i) < 4 || !pages.containsKey(name)) {
        pages.put(name, shared.open(cookies[user], record));
        oracle.open(user, record);
        continue;
      }
      int before = shared.conflicts.size();
      boolean stale = oracle.isStale(user, record);
      int status = pages.get(name).save("city " + i, "1").statusCode();
      assertEquals(stale ? 412 : 302, status, steps + " at " + i);
      assertEquals(before + (stale ? 1 : 0), shared.conflicts.size());
      if (stale) {
        assertEquals(Origin.OTHER, shared.last().collision().origin(), steps + " at " + i);
        assertEquals("record/" + record, shared.last().resourceKey());
      }
    }
  }

  @AfterContainer
  static void stop() throws Exception {
    if (shared != null) {
      shared.close();
      shared = null;
    }
  }

  @Test
  void oracleRefusesTheSecondOfTwoSaves() {
    Oracle oracle = new Oracle();
    oracle.open(0, "a");
    oracle.open(1, "a");
    assertTrue(!oracle.isStale(0, "a") && oracle.isStale(1, "a") && !oracle.isStale(0, "a"));
  }
}
