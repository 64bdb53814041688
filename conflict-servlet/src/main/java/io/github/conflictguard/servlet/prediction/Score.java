package io.github.conflictguard.servlet.prediction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How good the forecasts of the last seven days were. Immutable. */
public final class Score {

  /** The number of forecasts without which nothing is shown. */
  public static final int FEWEST = 200;

  private static final double CERTAIN = 2;
  private static final int BINS = 5;

  private final int count;
  private final double baseRate;
  private final double brier;
  private final double skill;
  private final double miscalibration;
  private final double discrimination;
  private final boolean better;
  private final PooledCurve curve;
  private final List<Bin> bins;

  private Score(double[] forecasts, boolean[] outcomes) {
    this.count = forecasts.length;
    int hits = 0;
    for (boolean outcome : outcomes) {
      hits += outcome ? 1 : 0;
    }
    this.baseRate = count == 0 ? 0 : (double) hits / count;
    this.curve = PooledCurve.of(forecasts, outcomes);
    double sum = 0;
    double pooled = 0;
    double gain = 0;
    double gainSquared = 0;
    for (int i = 0; i < count; i++) {
      double error = squared(forecasts[i], outcomes[i]);
      double difference = squared(baseRate, outcomes[i]) - error;
      sum += error;
      pooled += squared(curve.at(forecasts[i]), outcomes[i]);
      gain += difference;
      gainSquared += difference * difference;
    }
    double uncertainty = baseRate * (1 - baseRate);
    this.brier = count == 0 ? 0 : sum / count;
    this.skill = uncertainty == 0 ? 0 : 1 - brier / uncertainty;
    this.miscalibration = count == 0 ? 0 : brier - pooled / count;
    this.discrimination = count == 0 ? 0 : uncertainty - pooled / count;
    this.better = count >= FEWEST && isCertain(gain / count, gainSquared / count, count);
    this.bins = bins(forecasts, outcomes);
  }

  static Score of(double[] forecasts, boolean[] outcomes) {
    return new Score(forecasts, outcomes);
  }

  private static double squared(double forecast, boolean outcome) {
    double error = forecast - (outcome ? 1 : 0);
    return error * error;
  }

  /** Returns whether a mean is positive by more than two standard errors. */
  private static boolean isCertain(double mean, double meanOfSquares, int count) {
    double variance = Math.max(0, meanOfSquares - mean * mean);
    return mean > 0 && mean > CERTAIN * Math.sqrt(variance / count);
  }

  private static List<Bin> bins(double[] forecasts, boolean[] outcomes) {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      int n = 0;
      int hits = 0;
      double sum = 0;
      for (int i = 0; i < forecasts.length; i++) {
        if (Math.min(BINS - 1, (int) (forecasts[i] * BINS)) == bin) {
          n++;
          hits += outcomes[i] ? 1 : 0;
          sum += forecasts[i];
        }
      }
      bins.add(new Bin(bin * 100 / BINS, (bin + 1) * 100 / BINS, n, hits, n == 0 ? 0 : sum / n));
    }
    return Collections.unmodifiableList(bins);
  }

  /** Returns the number of forecasts with a known outcome. */
  public int count() {
    return count;
  }

  /** Returns the share of saves that met a conflict. */
  public double baseRate() {
    return baseRate;
  }

  /** Returns the mean squared error of the forecasts; lower is better. */
  public double brier() {
    return brier;
  }

  /** Returns the gain over the base rate: 1 for perfect forecasts, 0 for no gain. */
  public double skill() {
    return skill;
  }

  /** Returns the part of the Brier score that calibration would remove (reliability). */
  public double miscalibration() {
    return miscalibration;
  }

  /** Returns the part of the uncertainty that the forecasts resolve (resolution). */
  public double discrimination() {
    return discrimination;
  }

  /** Returns the Brier score of the base rate. */
  public double uncertainty() {
    return baseRate * (1 - baseRate);
  }

  /**
   * Returns whether forecasts are shown: there are enough of them, and they are better than the
   * base rate by more than chance.
   */
  public boolean isBetterThanBaseRate() {
    return better;
  }

  /** Returns the reliability curve. */
  public PooledCurve curve() {
    return curve;
  }

  /** Returns the forecasts by fifths: of so many with this risk, so many met a conflict. */
  public List<Bin> bins() {
    return bins;
  }

  /** The forecasts in a range. Immutable. */
  public static final class Bin {

    private final int fromPercent;
    private final int toPercent;
    private final int count;
    private final int hits;
    private final double mean;

    Bin(int fromPercent, int toPercent, int count, int hits, double mean) {
      this.fromPercent = fromPercent;
      this.toPercent = toPercent;
      this.count = count;
      this.hits = hits;
      this.mean = mean;
    }

    /** Returns the lower end of the range, in percent. */
    public int fromPercent() {
      return fromPercent;
    }

    /** Returns the upper end of the range, in percent. */
    public int toPercent() {
      return toPercent;
    }

    /** Returns the number of forecasts. */
    public int count() {
      return count;
    }

    /** Returns how many of them met a conflict. */
    public int hits() {
      return hits;
    }

    /** Returns the mean of the forecasts. */
    public double mean() {
      return mean;
    }
  }
}
