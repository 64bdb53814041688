package io.github.conflictguard.servlet.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.statistics.TimeSeries.Step;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {

  private final AtomicLong clock =
      new AtomicLong(Instant.parse("2026-11-27T22:59:30Z").toEpochMilli());
  private final TimeSeries series = new TimeSeries(clock::get, ZoneId.of("Europe/Berlin"));

  @Test
  void aDayBeginsAtMidnightOfTheServer() {
    series.add("refused");
    assertEquals(1, series.current("refused", Step.DAY));
    clock.addAndGet(60_000); // 00:00:30 in Berlin.
    assertEquals(0, series.current("refused", Step.DAY));
    series.add("refused");
    series.add("refused");
    long[] days = series.counts("refused", Step.DAY);
    assertEquals(2, days[89]);
    assertEquals(1, days[88]);
    assertEquals(Instant.parse("2026-11-27T23:00:00Z"), series.startOfLast(Step.DAY));
  }

  @Test
  void countsAreThoseOfAnExactCounter() {
    Random random = new Random(7);
    Map<Long, Long> exact = new HashMap<>();
    for (int i = 0; i < 2000; i++) {
      clock.addAndGet(random.nextInt(100) == 0 ? 40 * 60_000 : random.nextInt(90_000));
      series.add("x");
      exact.merge(clock.get() / 60_000, 1L, Long::sum);
      long[] expected = new long[60];
      for (int age = 0; age < 60; age++) {
        expected[59 - age] = exact.getOrDefault(clock.get() / 60_000 - age, 0L);
      }
      assertArrayEquals(expected, series.counts("x", Step.MINUTE));
    }
  }

  @Test
  void aClockThatIsSetBackLosesNothingThatIsKept() {
    series.add("x");
    clock.addAndGet(-5 * 60_000);
    series.add("x");
    clock.addAndGet(5 * 60_000);
    long[] minutes = series.counts("x", Step.MINUTE);
    assertEquals(1, minutes[59]);
    assertEquals(1, minutes[54]);
  }

  @Test
  void namesAreBounded() {
    for (int i = 0; i < 1000; i++) {
      series.add("kind" + i);
    }
    assertEquals(65, series.names().size());
    assertEquals(1000 - 64, series.current("other", Step.DAY));
  }
}
