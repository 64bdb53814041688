package io.github.conflictguard.servlet.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Simulated users read and save records; all randomness is seeded. */
class PredictionTest {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  @Test
  void writersAtRandomTimesArePredictedBetterThanByTheBaseRate() {
    // Ten records are busy, ninety are not.
    Simulation simulation = new Simulation(1, key -> key < 10 ? 40 : 0.3);
    Score score = simulation.run(100, 60 * HOUR, time -> 1);
    assertCalibrated(score);
    assertTrue(score.isBetterThanBaseRate(), () -> "skill " + score.skill());
  }

  @Test
  void burstsOfWritersArePredictedBetterThanByTheBaseRate() {
    Simulation simulation = new Simulation(2, key -> 3);
    simulation.followers = 0.75;
    Score score = simulation.run(40, 60 * HOUR, time -> 1);
    assertCalibrated(score);
    assertTrue(score.isBetterThanBaseRate(), () -> "skill " + score.skill());
  }

  @Test
  void officeHoursArePredictedBetterThanByTheBaseRate() {
    Simulation simulation = new Simulation(3, key -> key < 5 ? 40 : 2);
    Score score =
        simulation.run(
            40, 7 * 24 * HOUR, time -> time / HOUR % 24 >= 8 && time / HOUR % 24 < 17 ? 1 : 0.02);
    assertCalibrated(score);
    assertTrue(score.isBetterThanBaseRate(), () -> "skill " + score.skill());
  }

  @Test
  void conflictsThatNothingAnnouncesArePredictedNoBetterThanByTheBaseRate() {
    for (int seed = 0; seed < 20; seed++) {
      Prediction prediction = new Prediction();
      Random random = new Random(seed);
      for (int i = 0; i < 3000; i++) {
        long now = i * MINUTE;
        prediction.served(random.nextInt(50), "rule", 1, now);
        // The only user: refusals come from outside, like the throw of a die.
        long key = random.nextInt(50);
        prediction.served(key, "rule", 1, now);
        if (random.nextInt(6) == 0) {
          prediction.refused(key, "rule", 1, now + 1000);
        } else {
          prediction.written(key, "rule", 1, now + 1000);
        }
      }
      Score score = prediction.score();
      assertFalse(score.isBetterThanBaseRate(), "seed " + seed + ", skill " + score.skill());
      assertTrue(score.skill() < 0.02, "seed " + seed + ", skill " + score.skill());
      assertCalibrated(score);
    }
  }

  @Test
  void fewForecastsAreNotShown() {
    Prediction prediction = new Prediction();
    for (int i = 0; i < Score.FEWEST - 1; i++) {
      prediction.served(1, "rule", i % 2, i * MINUTE);
      prediction.written(1, "rule", i % 2, i * MINUTE + 1);
    }
    assertEquals(Score.FEWEST - 1, prediction.score().count());
    assertFalse(prediction.score().isBetterThanBaseRate());
  }

  @Test
  void someoneWhoHasTheFormOpenRaisesTheRisk() {
    Prediction prediction = new Prediction();
    double alone = prediction.served(1, "rule", 1, 0);
    double together = prediction.served(1, "rule", 2, 1000);
    assertTrue(together > 3 * alone, together + " and " + alone);
    double again = prediction.served(1, "rule", 2, 2 * HOUR);
    assertTrue(again < together, "the first page is old: " + again);
  }

  @Test
  void ownWritesAreNoRisk() {
    Prediction prediction = new Prediction();
    for (int i = 0; i < 100; i++) {
      prediction.served(1, "rule", 1, i * 1000L);
      prediction.written(1, "rule", 1, i * 1000L + 500);
    }
    double own = prediction.served(1, "rule", 1, 101_000);
    double others = prediction.served(1, "rule", 2, 101_000);
    assertTrue(own < 0.1 && others > own, own + " and " + others);
  }

  @Test
  void medianIsEstimatedInConstantMemory() {
    Random random = new Random(4);
    MedianEstimate median = new MedianEstimate();
    for (int i = 0; i < 20_000; i++) {
      median.add(-Math.log(1 - random.nextDouble()) * 1000);
    }
    assertEquals(Math.log(2) * 1000, median.orElse(0), 30);
  }

  @Test
  void poolingGivesTheMonotoneCurve() {
    PooledCurve curve =
        PooledCurve.of(
            new double[] {0.1, 0.2, 0.3, 0.4, 0.5}, new boolean[] {false, true, false, true, true});
    assertEquals(0, curve.at(0.1));
    assertEquals(0.5, curve.at(0.2));
    assertEquals(0.5, curve.at(0.3));
    assertEquals(1, curve.at(0.9));
    assertEquals(5, curve.blocks().stream().mapToLong(PooledCurve.Block::count).sum());
  }

  @Test
  void scoreIsDecomposedByTheCurve() {
    double[] forecasts = {0.2, 0.2, 0.2, 0.8, 0.8, 0.6};
    boolean[] outcomes = {false, false, true, true, true, false};
    Score score = Score.of(forecasts, outcomes);
    assertEquals(
        score.brier(),
        score.miscalibration() - score.discrimination() + score.uncertainty(),
        1e-12);
    assertEquals(0.25, score.uncertainty(), 1e-12);
  }

  private static void assertCalibrated(Score score) {
    assertTrue(score.count() >= 1000, "forecasts: " + score.count());
    for (Score.Bin bin : score.bins()) {
      if (bin.count() >= 100) {
        double observed = (double) bin.hits() / bin.count();
        assertEquals(
            observed, bin.mean(), 0.05, bin.fromPercent() + " % and more, n = " + bin.count());
      }
    }
  }

  /** Users open records, and save them after a while. */
  private static final class Simulation {

    private final Random random;
    private final LongToDoubleFunction savesPerHour;
    private final List<long[]> events = new ArrayList<>();
    double followers;

    Simulation(long seed, LongToDoubleFunction savesPerHour) {
      this.random = new Random(seed);
      this.savesPerHour = savesPerHour;
    }

    Score run(int keys, long duration, LongToDoubleFunction activity) {
      for (long key = 0; key < keys; key++) {
        double rate = savesPerHour.applyAsDouble(key) / HOUR;
        for (double time = next(rate); time < duration; time += next(rate)) {
          if (random.nextDouble() < activity.applyAsDouble((long) time)) {
            visit(key, (long) time);
          }
        }
      }
      events.sort(Comparator.comparingLong(event -> event[0]));
      Prediction prediction = new Prediction();
      for (long[] event : events) {
        if (event[3] == 0) {
          prediction.served(event[1], "rule", event[2], event[0]);
        } else {
          prediction.written(event[1], "rule", event[2], event[0]);
        }
      }
      return prediction.score();
    }

    private void visit(long key, long time) {
      long actor = random.nextLong();
      long gap = 1000 + (long) next(1.0 / MINUTE);
      events.add(new long[] {time, key, actor, 0});
      events.add(new long[] {time + gap, key, actor, 1});
      if (random.nextDouble() < followers) {
        visit(key, time + (long) next(1.0 / (2 * MINUTE)));
      }
    }

    private double next(double rate) {
      return -Math.log(1 - random.nextDouble()) / rate;
    }
  }
}
