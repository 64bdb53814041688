package io.github.conflictguard.servlet.statistics;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Counts over time: of the last 60 minutes, 48 hours and 90 days, for each of a bounded number of
 * names. Thread-safe.
 */
public final class TimeSeries {

  private static final int MOST_NAMES = 64;
  private static final String OTHERS = "other";
  private static final List<Step> STEPS =
      Collections.unmodifiableList(Arrays.asList(Step.values()));

  private final LongSupplier clock;
  private final ZoneId zone;
  private final Map<String, Rings> series = new TreeMap<>();

  /** The minute of the last event, and the steps in which it lies. */
  private long minute = Long.MIN_VALUE;

  private final Map<Step, Long> steps = new EnumMap<>(Step.class);

  /**
   * Creates an empty series.
   *
   * @param clock returns the milliseconds since 1970
   * @param zone determines when a day begins
   */
  public TimeSeries(LongSupplier clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** Counts an event now. */
  public synchronized void add(String name) {
    Rings rings = series.get(name);
    if (rings == null) {
      String counted = series.size() < MOST_NAMES ? name : OTHERS;
      rings = series.computeIfAbsent(counted, any -> new Rings());
    }
    Instant now = Instant.ofEpochMilli(clock.getAsLong());
    long number = Step.MINUTE.numberOf(now, zone);
    if (number != minute) {
      for (Step step : STEPS) {
        steps.put(step, step.numberOf(now, zone));
      }
      minute = number;
    }
    for (Step step : STEPS) {
      rings.of(step).add(steps.getOrDefault(step, number));
    }
  }

  /**
   * Returns all counts for {@link #restore}: for each name and step the number of the newest step,
   * and the counts up to it, the oldest first, without zeros at the beginning.
   */
  public synchronized Map<String, Object> saved() {
    Map<String, Object> saved = new LinkedHashMap<>();
    series.forEach(
        (name, rings) -> {
          Map<String, Object> steps = new LinkedHashMap<>();
          for (Step step : STEPS) {
            steps.put(step.name(), rings.of(step).saved());
          }
          saved.put(name, steps);
        });
    return saved;
  }

  /** Adds counts from before a restart. What is not readable, or too old, does not count. */
  public synchronized void restore(Map<?, ?> saved) {
    for (Map.Entry<?, ?> entry : saved.entrySet()) {
      Object steps = entry.getValue();
      String name = String.valueOf(entry.getKey());
      if (!(steps instanceof Map) || (series.size() >= MOST_NAMES && !series.containsKey(name))) {
        continue;
      }
      Rings rings = series.computeIfAbsent(name, any -> new Rings());
      Instant now = Instant.ofEpochMilli(clock.getAsLong());
      for (Step step : STEPS) {
        Object counts = ((Map<?, ?>) steps).get(step.name());
        if (counts instanceof List) {
          rings.of(step).restore((List<?>) counts, step.numberOf(now, zone));
        }
      }
    }
  }

  /** Returns all names, in alphabetical order. */
  public synchronized List<String> names() {
    return new ArrayList<>(series.keySet());
  }

  /** Returns the counts of a name, the oldest first, the current one last; zeros if unknown. */
  public synchronized long[] counts(String name, Step step) {
    Rings rings = series.get(name);
    long now = step.numberOf(Instant.ofEpochMilli(clock.getAsLong()), zone);
    return rings == null ? new long[step.length] : rings.of(step).until(now);
  }

  /** Returns the count of the current step; that of the current day for {@link Step#DAY}. */
  public long current(String name, Step step) {
    long[] counts = counts(name, step);
    return counts[counts.length - 1];
  }

  /** Returns the beginning of the last step in {@link #counts}. */
  public Instant startOfLast(Step step) {
    Instant now = Instant.ofEpochMilli(clock.getAsLong());
    return step == Step.DAY
        ? now.atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant()
        : now.truncatedTo(step == Step.HOUR ? ChronoUnit.HOURS : ChronoUnit.MINUTES);
  }

  /** The length of one step. */
  public enum Step {
    /** Sixty of them are kept. */
    MINUTE(60),
    /** Forty-eight of them are kept. */
    HOUR(48),
    /** Ninety of them are kept; a day of the server's time zone. */
    DAY(90);

    private final int length;

    Step(int length) {
      this.length = length;
    }

    /** Returns how many steps are kept. */
    public int length() {
      return length;
    }

    private long numberOf(Instant time, ZoneId zone) {
      switch (this) {
        case MINUTE:
          return Math.floorDiv(time.getEpochSecond(), 60L);
        case HOUR:
          return Math.floorDiv(time.getEpochSecond(), 3600L);
        default:
          return time.atZone(zone).toLocalDate().toEpochDay();
      }
    }
  }

  private static final class Rings {

    private final Map<Step, Ring> rings = new EnumMap<>(Step.class);

    Rings() {
      for (Step step : STEPS) {
        rings.put(step, new Ring(step.length));
      }
    }

    Ring of(Step step) {
      return Objects.requireNonNull(rings.get(step));
    }
  }

  private static final class Ring {

    private final long[] counts;

    /** The number of the newest step. */
    private long newest = Long.MIN_VALUE;

    Ring(int length) {
      this.counts = new long[length];
    }

    void add(long number) {
      add(number, 1);
    }

    private void add(long number, long count) {
      if (number > newest) {
        clear(number);
        newest = number;
      }
      // After the clock was set back, old steps count, and those that are dropped do not.
      if (newest - number < counts.length) {
        counts[place(number)] += count;
      }
    }

    private void clear(long number) {
      long from = newest == Long.MIN_VALUE ? number : newest + 1;
      for (long step = Math.max(from, number - counts.length + 1); step <= number; step++) {
        counts[place(step)] = 0;
      }
    }

    List<Long> saved() {
      List<Long> saved = new ArrayList<>();
      if (newest != Long.MIN_VALUE) {
        saved.add(newest);
        for (long count : until(newest)) {
          if (count > 0 || saved.size() > 1) {
            saved.add(count);
          }
        }
      }
      return saved;
    }

    /** Adds saved counts, except for those of the future: the clock may have been set back. */
    void restore(List<?> saved, long now) {
      Object last = saved.isEmpty() ? null : saved.get(0);
      for (int i = 1; last instanceof Number && i < saved.size(); i++) {
        long number = ((Number) last).longValue() - (saved.size() - 1 - i);
        Object count = saved.get(i);
        if (count instanceof Number && number <= now && number > now - counts.length) {
          add(number, Math.max(0, ((Number) count).longValue()));
        }
      }
    }

    long[] until(long now) {
      long[] until = new long[counts.length];
      for (int i = 0; i < until.length; i++) {
        long number = now - until.length + 1 + i;
        boolean known =
            newest != Long.MIN_VALUE && number <= newest && newest - number < counts.length;
        until[i] = known ? counts[place(number)] : 0;
      }
      return until;
    }

    private int place(long number) {
      return (int) Math.floorMod(number, (long) counts.length);
    }
  }
}
