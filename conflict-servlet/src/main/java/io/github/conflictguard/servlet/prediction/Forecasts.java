package io.github.conflictguard.servlet.prediction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The forecasts with a known outcome of the last seven days, from which they are scored and
 * calibrated. Bounded. Not thread-safe.
 */
final class Forecasts {

  static final int MOST = 5000;
  private static final long KEPT_MILLIS = TimeUnit.DAYS.toMillis(7);
  private static final int STEP = 100;
  private static final int PARTS = 10;

  private final Deque<Resolved> resolved = new ArrayDeque<>();
  private PooledCurve calibration = PooledCurve.of(new double[0], new boolean[0]);
  private int sinceCalibration;
  private boolean calibrated;
  private boolean shown;

  void add(double raw, double published, boolean collided, long now) {
    resolved.addLast(new Resolved(raw, published, collided, now));
    while (resolved.size() > MOST || resolved.getFirst().time < now - KEPT_MILLIS) {
      resolved.removeFirst();
    }
    sinceCalibration++;
    if (resolved.size() >= Score.FEWEST
        && (!calibrated || sinceCalibration >= Math.max(STEP, resolved.size() / PARTS))) {
      calibrated = true;
      sinceCalibration = 0;
      calibration =
          PooledCurve.of(
              resolved.stream().mapToDouble(forecast -> forecast.raw).toArray(), outcomes());
      shown = score().isBetterThanBaseRate();
    }
  }

  /** Returns what was observed after such forecasts before, once there are enough of them. */
  double calibrated(double raw) {
    return calibrated ? calibration.at(raw) : raw;
  }

  /** Returns whether the forecasts were better than the base rate when that was last checked. */
  boolean isShown() {
    return shown;
  }

  Score score() {
    return Score.of(
        resolved.stream().mapToDouble(forecast -> forecast.published).toArray(), outcomes());
  }

  private boolean[] outcomes() {
    boolean[] outcomes = new boolean[resolved.size()];
    int i = 0;
    for (Resolved forecast : resolved) {
      outcomes[i++] = forecast.collided;
    }
    return outcomes;
  }

  private static final class Resolved {

    final double raw;
    final double published;
    final boolean collided;
    final long time;

    Resolved(double raw, double published, boolean collided, long time) {
      this.raw = raw;
      this.published = published;
      this.collided = collided;
      this.time = time;
    }
  }
}
