package io.github.conflictguard.servlet.prediction;

import java.util.Arrays;

/**
 * Estimates a median in constant memory by the algorithm P-square: five markers, whose heights are
 * adjusted by parabolas. Not thread-safe.
 */
final class MedianEstimate {

  private static final double[] WANTED = {0, 0.25, 0.5, 0.75, 1};

  private final double[] heights = new double[5];
  private final double[] places = {0, 1, 2, 3, 4};
  private long count;

  void add(double value) {
    if (count < heights.length) {
      heights[(int) count++] = value;
      Arrays.sort(heights, 0, (int) count);
      return;
    }
    int cell = cellOf(value);
    for (int i = cell + 1; i < heights.length; i++) {
      places[i]++;
    }
    count++;
    for (int i = 1; i < heights.length - 1; i++) {
      double distance = WANTED[i] * (count - 1) - places[i];
      boolean up = distance >= 1 && places[i + 1] - places[i] > 1;
      boolean down = distance <= -1 && places[i - 1] - places[i] < -1;
      if (up || down) {
        move(i, up ? 1 : -1);
      }
    }
  }

  private int cellOf(double value) {
    heights[0] = Math.min(heights[0], value);
    heights[4] = Math.max(heights[4], value);
    int cell = 0;
    while (cell < 3 && value >= heights[cell + 1]) {
      cell++;
    }
    return cell;
  }

  private void move(int i, int step) {
    double left = places[i] - places[i - 1];
    double right = places[i + 1] - places[i];
    double parabola =
        heights[i]
            + step
                / (left + right)
                * ((left + step) * (heights[i + 1] - heights[i]) / right
                    + (right - step) * (heights[i] - heights[i - 1]) / left);
    if (heights[i - 1] < parabola && parabola < heights[i + 1]) {
      heights[i] = parabola;
    } else {
      heights[i] += step * (heights[i + step] - heights[i]) / (places[i + step] - places[i]);
    }
    places[i] += step;
  }

  /** Returns the estimate, or a default while there are no values. */
  double orElse(double none) {
    if (count == 0) {
      return none;
    }
    return count < heights.length ? heights[(int) (count - 1) / 2] : heights[2];
  }
}
