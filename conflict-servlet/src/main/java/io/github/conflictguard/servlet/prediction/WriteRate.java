package io.github.conflictguard.servlet.prediction;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The writes of one resource, weighted by their age with a half-life, by writer. Bounded. Not
 * thread-safe.
 */
final class WriteRate {

  static final double HALF_LIFE_MILLIS = 20 * 60_000.0;
  private static final int MOST_WRITERS = 8;

  private final long since;
  private final Map<Long, Weight> writers = new LinkedHashMap<>();
  private final Weight all = new Weight();

  WriteRate(long now) {
    this.since = now;
  }

  void written(long actor, long now) {
    all.add(now);
    Weight own = writers.remove(actor);
    if (own == null) {
      own = new Weight();
      if (writers.size() >= MOST_WRITERS) {
        Iterator<Weight> oldest = writers.values().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    own.add(now);
    writers.put(actor, own);
  }

  /** Returns the weighted number of writes by others. */
  double byOthers(long actor, long now) {
    Weight own = writers.get(actor);
    return Math.max(0, all.at(now) - (own == null ? 0 : own.at(now)));
  }

  /** Returns the weighted time of observation, in milliseconds. */
  double exposure(long now) {
    double age = Math.max(0, now - since);
    return HALF_LIFE_MILLIS / Math.log(2) * (1 - halved(age));
  }

  private static double halved(double age) {
    return Math.pow(0.5, age / HALF_LIFE_MILLIS);
  }

  private static final class Weight {

    private double weight;
    private long time;

    void add(long now) {
      weight = at(now) + 1;
      time = Math.max(time, now);
    }

    double at(long now) {
      return weight * halved((double) Math.max(0, now - time));
    }
  }
}
