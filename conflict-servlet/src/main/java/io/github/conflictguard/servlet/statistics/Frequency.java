package io.github.conflictguard.servlet.statistics;

/** How often a name was counted. Immutable. */
public final class Frequency {

  private final String name;
  private final long count;
  private final long error;

  Frequency(String name, long count, long error) {
    this.name = name;
    this.count = count;
    this.error = error;
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the upper bound of the true count. */
  public long count() {
    return count;
  }

  /** Returns by how much the true count may be lower. */
  public long error() {
    return error;
  }

  /** Returns whether the error exceeds a tenth of the count. */
  public boolean isRough() {
    return error * 10 > count;
  }

  @Override
  public String toString() {
    return name + "=" + count + (error == 0 ? "" : "-" + error);
  }
}
