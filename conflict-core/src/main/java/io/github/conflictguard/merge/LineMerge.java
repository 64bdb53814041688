package io.github.conflictguard.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares and merges texts by lines. Any line end counts; forms send CR LF (HTML, 4.10.21.4). */
public final class LineMerge {

  /**
   * A comparison takes time and memory proportional to the product of both lengths. A page compares
   * several texts several times; the total size of a submission is limited elsewhere.
   */
  private static final int LARGEST_PRODUCT = 250_000;

  private LineMerge() {}

  /** Returns the lines of a text, without their line ends. */
  public static List<String> of(String text) {
    return Arrays.asList(unified(text).split("\n", -1));
  }

  /** Returns the text with LF as line ends. */
  public static String unified(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** Returns whether two lists of texts are equal apart from their line ends. */
  public static boolean equal(List<String> some, List<String> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!unified(some.get(i)).equals(unified(others.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns for each line of the other text its index in the old one, or -1 if it is new: a longest
   * common subsequence.
   *
   * @return null if the texts are too long to be compared
   */
  public static int @Nullable [] origins(List<String> old, List<String> other) {
    int start = 0;
    int shorter = Math.min(old.size(), other.size());
    while (start < shorter && old.get(start).equals(other.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && old.get(old.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
      end++;
    }
    int rows = old.size() - start - end;
    int columns = other.size() - start - end;
    if ((long) rows * columns > LARGEST_PRODUCT) {
      return null;
    }
    int[] origins = new int[other.size()];
    Arrays.fill(origins, -1);
    for (int i = 0; i < start; i++) {
      origins[i] = i;
    }
    for (int i = 1; i <= end; i++) {
      origins[other.size() - i] = old.size() - i;
    }
    int[][] common = new int[rows + 1][columns + 1];
    for (int row = rows - 1; row >= 0; row--) {
      for (int column = columns - 1; column >= 0; column--) {
        common[row][column] =
            old.get(start + row).equals(other.get(start + column))
                ? common[row + 1][column + 1] + 1
                : Math.max(common[row + 1][column], common[row][column + 1]);
      }
    }
    int row = 0;
    int column = 0;
    while (row < rows && column < columns) {
      if (old.get(start + row).equals(other.get(start + column))) {
        origins[start + column++] = start + row++;
      } else if (common[row + 1][column] >= common[row][column + 1]) {
        row++;
      } else {
        column++;
      }
    }
    return origins;
  }

  /**
   * Merges the changes of both texts; where both changed the same or adjacent lines, the sender's
   * version is taken.
   *
   * @return null if the texts are too long
   */
  public static @Nullable Combined combine(String started, String yours, String theirs) {
    List<String> old = of(started);
    List<String> mine = of(yours);
    List<String> others = of(theirs);
    int[] fromMine = origins(old, mine);
    int[] fromOthers = origins(old, others);
    if (fromMine == null || fromOthers == null) {
      return null;
    }
    int[] inMine = inverted(fromMine, old.size());
    int[] inOthers = inverted(fromOthers, old.size());
    List<String> combined = new ArrayList<>();
    boolean clean = true;
    int line = 0;
    int mineAt = 0;
    int othersAt = 0;
    while (true) {
      // The next line that all three have in common, and the lines of each before it.
      int next = line;
      while (next < old.size() && (inMine[next] < 0 || inOthers[next] < 0)) {
        next++;
      }
      int mineEnd = next == old.size() ? mine.size() : inMine[next];
      int othersEnd = next == old.size() ? others.size() : inOthers[next];
      List<String> before = old.subList(line, next);
      List<String> ofMine = mine.subList(mineAt, mineEnd);
      List<String> ofOthers = others.subList(othersAt, othersEnd);
      boolean theirsAlone = before.equals(ofMine);
      combined.addAll(theirsAlone ? ofOthers : ofMine);
      clean &= theirsAlone || before.equals(ofOthers) || ofMine.equals(ofOthers);
      if (next == old.size()) {
        return new Combined(String.join("\r\n", combined), clean);
      }
      combined.add(old.get(next));
      line = next + 1;
      mineAt = mineEnd + 1;
      othersAt = othersEnd + 1;
    }
  }

  private static int[] inverted(int[] origins, int size) {
    int[] targets = new int[size];
    Arrays.fill(targets, -1);
    for (int i = 0; i < origins.length; i++) {
      if (origins[i] >= 0) {
        targets[origins[i]] = i;
      }
    }
    return targets;
  }

  /** Two texts merged into one. */
  static final class Combined {

    final String text;

    /** Whether no change of either text was dropped. */
    final boolean clean;

    Combined(String text, boolean clean) {
      this.text = text;
      this.clean = clean;
    }
  }
}
