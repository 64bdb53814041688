package io.github.conflictguard.servlet.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.statistics.HourlyTop.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopKTest {

  /** Names 0, 1, 2, ... with frequencies in proportion to 1, 1/2, 1/3, ... */
  private static int zipf(Random random, double[] sums) {
    double point = random.nextDouble() * sums[sums.length - 1];
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (sums[middle] < point) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] sums(int names) {
    double[] sums = new double[names];
    double sum = 0;
    for (int i = 0; i < names; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    return sums;
  }

  @Test
  void countsLieWithinTheirErrorAndFrequentNamesAreFound() {
    double[] sums = sums(20_000);
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      TopK top = new TopK(200);
      Map<String, Long> exact = new HashMap<>();
      long total = 0;
      for (int i = 0; i < 100_000; i++) {
        String name = "n" + zipf(random, sums);
        long increment = 1 + random.nextInt(3);
        top.add(name, increment);
        exact.merge(name, increment, Long::sum);
        total += increment;
      }
      assertEquals(total, top.total());
      List<Frequency> entries = top.top(200);
      assertEquals(200, entries.size());
      for (Frequency entry : entries) {
        long count = exact.getOrDefault(entry.name(), 0L);
        assertTrue(
            entry.count() - entry.error() <= count && count <= entry.count(),
            entry + " is exactly " + count);
        assertTrue(entry.error() <= total / 200, entry + " of " + total);
      }
      List<String> found = entries.stream().map(Frequency::name).toList();
      long limit = total / 200;
      exact.forEach(
          (name, count) -> assertTrue(count <= limit || found.contains(name), name + count));
      // Recall of the twenty most frequent.
      assertEquals(
          exact.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .limit(20)
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet()),
          Set.copyOf(found.subList(0, 20)));
    }
  }

  @Test
  void orderIsKeptWithIncrementsAboveOne() {
    TopK top = new TopK(2);
    top.add("a", 5);
    top.add("b", 2);
    top.add("b", 9);
    top.add("c", 1);
    assertEquals("[b=11, c=6-5]", top.top(10).toString());
    assertTrue(top.top(2).get(1).isRough());
    assertThrows(IllegalArgumentException.class, () -> top.add("d", 0));
  }

  @Test
  void longNamesAreCut() {
    TopK top = new TopK(2);
    top.add("x".repeat(100_000), 1);
    assertEquals(256, top.top(1).get(0).name().length());
  }

  @Test
  void anHourIsFrozenWhenTheNextOneBegins() {
    AtomicLong clock = new AtomicLong(10 * 3_600_000L);
    HourlyTop top = new HourlyTop(10, clock::get);
    top.add("a", 1);
    clock.addAndGet(3_600_000);
    top.add("b", 2);
    assertEquals("[b=2]", top.top(Window.THIS_HOUR, 10).toString());
    assertEquals("[a=1]", top.top(Window.LAST_HOUR, 10).toString());
    assertEquals("[b=2, a=1]", top.top(Window.SINCE_START, 10).toString());
    clock.addAndGet(2 * 3_600_000);
    assertEquals("[]", top.top(Window.LAST_HOUR, 10).toString());
    assertEquals(3, top.total(Window.SINCE_START));
  }
}
