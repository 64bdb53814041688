package io.github.conflictguard.servlet.prediction;

/** What all resources of a rule have in common. Not thread-safe. */
final class RuleHabits {

  private static final double USUAL_GAP_MILLIS = 60_000;
  private static final double WEIGHT_OF_START = 10;
  private static final double START_RATE = 0.05;
  private static final double START_OF_OPEN = 0.3;

  private final MedianEstimate gaps = new MedianEstimate();
  private double saves = WEIGHT_OF_START;
  private double collisions = WEIGHT_OF_START * START_RATE;
  private double besideOpen = WEIGHT_OF_START;
  private double hitBesideOpen = WEIGHT_OF_START * START_OF_OPEN;

  void saved(double gapMillis, boolean collided, int open, double byRate) {
    gaps.add(gapMillis);
    if (open == 0) {
      saves++;
      collisions += collided ? 1 : 0;
    } else {
      besideOpen++;
      // The share that the rate alone does not explain.
      hitBesideOpen += collided ? 1 - byRate : 0;
    }
  }

  /** Returns the median time from a page to its save. */
  double gapMillis() {
    return Math.max(1, gaps.orElse(USUAL_GAP_MILLIS));
  }

  /** Returns the rate of writes by others that explains the collisions without open forms. */
  double ratePerMilli() {
    return -Math.log1p(-Math.min(0.95, collisions / saves)) / gapMillis();
  }

  /** Returns the probability that someone who has the form open saves first. */
  double openRisk() {
    return Math.min(0.95, hitBesideOpen / besideOpen);
  }
}
