package io.github.conflictguard.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriteCountersTest {

  private static final ResourceKey KEY = ResourceKey.of("order/7");

  @Test
  void everyWriteMakesAnotherValue() {
    WriteCounters counters = new WriteCounters(1024);
    long before = counters.valueOf(KEY);
    assertEquals(before, counters.valueOf(KEY));
    counters.written(KEY);
    assertNotEquals(before, counters.valueOf(KEY));
  }

  @Test
  void noWriteOfManyThreadsIsLost() {
    WriteCounters counters = new WriteCounters(1024);
    Set<Long> times = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 10_000)
        .parallel()
        .forEach(
            i -> {
              times.add(counters.tick());
              counters.written(KEY);
            });
    assertEquals(10_000, times.size());
    times.forEach(time -> assertFalse(counters.isCurrent(KEY, time)));
  }

  @Test
  void ticksFollowTheWallClock() {
    WriteCounters counters = new WriteCounters(2);
    long begin = System.currentTimeMillis();
    long first = counters.tick();
    long second = counters.tick();
    long end = System.currentTimeMillis();
    assertTrue(first < second);
    assertTrue(begin <= WriteCounters.millisOf(first) && WriteCounters.millisOf(second) <= end + 1);
  }

  @Test
  void aRestartMakesEveryValueAnOldOne() {
    assertNotEquals(new WriteCounters(2).valueOf(KEY), new WriteCounters(2).valueOf(KEY));
  }

  @Test
  void tenMillionResourcesTakeNoMoreMemoryThanOne() {
    WriteCounters counters = new WriteCounters(1 << 16);
    for (int i = 0; i < 10_000_000; i++) {
      counters.written(ResourceKey.of("order/" + i));
    }
    assertEquals(1 << 16, counters.size());
  }

  @Test
  void neighboursSeldomShareACounter() {
    WriteCounters counters = new WriteCounters(1 << 16);
    int shared = 0;
    for (int i = 100_000; i < 101_000; i++) {
      long before = counters.valueOf(KEY);
      counters.written(ResourceKey.of("order/" + i));
      shared += counters.valueOf(KEY) == before ? 0 : 1;
    }
    assertTrue(shared <= 3, "shared by more than chance has it");
  }

  @Test
  void keysOfOneHashCodeDoNotShareACounter() {
    WriteCounters counters = new WriteCounters(1 << 26);
    ResourceKey victim = ResourceKey.of("Aa".repeat(10));
    long before = counters.valueOf(victim);
    for (int i = 1; i < 1 << 10; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 10; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      ResourceKey chosen = ResourceKey.of(name.toString());
      assertEquals(victim.hashCode(), chosen.hashCode());
      counters.written(chosen);
    }
    assertEquals(before, counters.valueOf(victim));
  }

  @Test
  void loneSurrogatesAreDifferentCharactersToACounter() {
    assertNotEquals(ResourceKey.of("\ud800").keyedHash(), ResourceKey.of("\ud801").keyedHash());
  }

  @Test
  void whatWasReadBeforeAWriteIsNoLongerCurrent() {
    WriteCounters counters = new WriteCounters(1024);
    long before = counters.tick();
    assertTrue(counters.isCurrent(KEY, before));
    counters.written(KEY);
    long after = counters.tick();
    assertFalse(counters.isCurrent(KEY, before));
    assertTrue(counters.isCurrent(KEY, after));
  }

  @Test
  void aChangeThatWasSeenLateDoesNotTouchWhatWasReadSince() {
    WriteCounters counters = new WriteCounters(1024);
    long before = counters.tick();
    long seen = counters.tick();
    counters.written(KEY);
    long after = counters.tick();
    counters.changed(KEY, seen);
    assertFalse(counters.isCurrent(KEY, before));
    assertFalse(counters.isCurrent(KEY, seen));
    assertTrue(counters.isCurrent(KEY, after));
  }

  @Test
  void theirNumberIsRoundedUp() {
    assertEquals(2, new WriteCounters(0).size());
    assertEquals(1024, new WriteCounters(1000).size());
  }
}
