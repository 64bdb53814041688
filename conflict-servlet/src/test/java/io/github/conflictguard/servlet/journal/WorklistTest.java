package io.github.conflictguard.servlet.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WorklistTest {

  private static JournalEntry refusal(String key) {
    ProblemDetail problem = ProblemDetail.of(ProblemType.LOCKED, "/app/" + key).build();
    return JournalEntry.of(
            ConflictEvent.of(problem, Found.LOCK, "POST", key).build(), UnaryOperator.identity())
        .at(1);
  }

  @Test
  void refusedSaveStaysOpenUntilTheSameSenderSavesTheSameRecord() {
    Worklist list = new Worklist();
    list.refused(1, "a", refusal("a"));
    list.refused(1, "a", refusal("a"));
    list.saved(2, "a");
    list.saved(1, "b");
    List<Worklist.Item> open = list.open(Instant.now());
    assertEquals(1, open.size());
    assertEquals(2, open.get(0).attempts());
    list.saved(1, "a");
    assertEquals(0, list.open(Instant.now()).size());
    assertEquals(1, list.closed());
  }

  @Test
  void oldItemsExpire() {
    Worklist list = new Worklist();
    list.refused(1, "a", refusal("a"));
    assertEquals(1, list.open(Instant.now().plus(Worklist.EXPIRY).minusSeconds(60)).size());
    assertEquals(0, list.open(Instant.now().plus(Worklist.EXPIRY).plusSeconds(60)).size());
    assertEquals(1, list.expired());
  }

  /** Steps 0 to 11 are refusals of three senders at four records, 12 to 23 their saves. */
  @Property(tries = 300)
  void openItemsAreThoseOfAnOracle(
      @ForAll @Size(max = 120) List<@IntRange(max = 23) Integer> steps,
      @ForAll @IntRange(min = 1, max = 14) int most) {
    Worklist list = new Worklist(most);
    Map<String, Integer> oracle = new LinkedHashMap<>();
    long closed = 0;
    long dropped = 0;
    for (int step : steps) {
      long actor = step % 3;
      String key = "k" + step % 12 / 3;
      String item = actor + key;
      if (step < 12) {
        list.refused(actor, key, refusal(key));
        oracle.merge(item, 1, Integer::sum);
        if (oracle.size() > most) {
          oracle.remove(oracle.keySet().iterator().next());
          dropped++;
        }
      } else {
        list.saved(actor, key);
        closed += oracle.remove(item) == null ? 0 : 1;
      }
      List<Worklist.Item> open = list.open(Instant.now());
      assertEquals(
          List.copyOf(oracle.values()), open.stream().map(Worklist.Item::attempts).toList());
      assertEquals(
          oracle.keySet().stream().map(name -> name.substring(1)).toList(),
          open.stream().map(each -> each.latest().resourceKey()).toList());
    }
    assertEquals(closed, list.closed());
    assertEquals(dropped, list.dropped());
  }
}
