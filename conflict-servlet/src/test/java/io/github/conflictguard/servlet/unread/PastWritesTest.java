package io.github.conflictguard.servlet.unread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.WriteCounters;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PastWritesTest {

  private final WriteCounters counters = new WriteCounters(1 << 16);

  /** What is determined later is what would have been determined then. */
  @Property(tries = 200)
  void thePastIsAsItWas(@ForAll @Size(min = 1, max = 60) List<@IntRange(max = 5) Integer> steps) {
    WriteCounters own = new WriteCounters(1 << 16);
    PastWrites writes = new PastWrites(own, 100);
    List<long[]> then = new ArrayList<>();
    long begin = own.tick();
    for (int step : steps) {
      if (step < 3) {
        writes.written(key(step));
      } else {
        ResourceKey key = key(step - 3);
        long end = own.tick();
        then.add(new long[] {step - 3, begin, end, own.isCurrent(key, begin) ? 1 : 0});
        begin = step == 5 ? begin : end;
      }
    }
    for (long[] each : then) {
      boolean current = writes.isCurrent(key((int) each[0]), each[1], each[2]);
      assertEquals(each[3] == 1, current, steps.toString());
    }
  }

  @Test
  void whatIsTooLongAgoToBeKnownCountsAsWritten() {
    PastWrites writes = new PastWrites(counters, 4);
    long begin = counters.tick();
    long end = counters.tick();
    writes.written(key(1));
    assertTrue(writes.isCurrent(key(1), begin, end));
    for (int i = 0; i < 4; i++) {
      writes.written(key(2));
    }
    assertFalse(writes.isCurrent(key(1), begin, end));
    assertTrue(writes.isCurrent(key(3), begin, end));
  }

  private static ResourceKey key(int number) {
    return ResourceKey.of("record/" + number);
  }
}
