package io.github.conflictguard.servlet.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The monotone curve from forecasts to observed frequencies that fits best:
 * pool-adjacent-violators. Immutable.
 */
public final class PooledCurve {

  private final List<Block> blocks;

  private PooledCurve(List<Block> blocks) {
    this.blocks = Collections.unmodifiableList(blocks);
  }

  /** Returns the curve for forecasts and their outcomes, 1 or 0. */
  static PooledCurve of(double[] forecasts, boolean[] outcomes) {
    Integer[] order = new Integer[forecasts.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> forecasts[i]));
    List<Block> blocks = new ArrayList<>();
    for (int i : order) {
      Block next = new Block(forecasts[i], forecasts[i], outcomes[i] ? 1 : 0, 1, forecasts[i]);
      while (!blocks.isEmpty() && next.isPooledWith(blocks.get(blocks.size() - 1))) {
        next = blocks.remove(blocks.size() - 1).with(next);
      }
      blocks.add(next);
    }
    return new PooledCurve(blocks);
  }

  /** Returns the observed frequency for a forecast. */
  public double at(double forecast) {
    Block previous = null;
    for (Block block : blocks) {
      if (forecast < block.from) {
        return previous == null ? block.frequency() : between(previous, block, forecast);
      }
      if (forecast <= block.to) {
        return block.frequency();
      }
      previous = block;
    }
    return previous == null ? forecast : previous.frequency();
  }

  private static double between(Block lower, Block upper, double forecast) {
    double share = (forecast - lower.to) / (upper.from - lower.to);
    return lower.frequency() + share * (upper.frequency() - lower.frequency());
  }

  /** Returns the constant parts of the curve, in ascending order. */
  public List<Block> blocks() {
    return blocks;
  }

  /** A constant part of the curve. Immutable. */
  public static final class Block {

    private final double from;
    private final double to;
    private final long hits;
    private final long count;
    private final double sum;

    private Block(double from, double to, long hits, long count, double sum) {
      this.from = from;
      this.to = to;
      this.hits = hits;
      this.count = count;
      this.sum = sum;
    }

    private boolean isPooledWith(Block before) {
      return before.to == from || before.hits * count >= hits * before.count;
    }

    private Block with(Block next) {
      return new Block(from, next.to, hits + next.hits, count + next.count, sum + next.sum);
    }

    /** Returns the lowest forecast. */
    public double from() {
      return from;
    }

    /** Returns the highest forecast. */
    public double to() {
      return to;
    }

    /** Returns the number of forecasts. */
    public long count() {
      return count;
    }

    /** Returns how many of them met a conflict. */
    public long hits() {
      return hits;
    }

    /** Returns the mean of the forecasts. */
    public double mean() {
      return sum / count;
    }

    /** Returns the observed frequency. */
    public double frequency() {
      return (double) hits / count;
    }
  }
}
