package io.github.conflictguard.servlet.bridge;

/** A metric: a name for counters that differ in their tags. */
public enum Metric {
  CONFLICTS("conflict.guard.conflicts", "{conflict}", "Conflicts, answered or only observed"),
  LOST_UPDATES(
      "conflict.guard.lost.updates",
      "{update}",
      "Writes in mode observe that have overwritten a change unknown to their client"),
  PRECONDITIONS(
      "conflict.guard.preconditions",
      "{request}",
      "Requests whose precondition failed or was missing, refused or only observed"),
  REPLAYS(
      "conflict.guard.replays",
      "{write}",
      "Repeated writes that got the response to the first attempt"),
  RETRIES("conflict.guard.retries", "{retry}", "Retries of guarded methods, by their outcome"),
  LOCK_WAIT("conflict.guard.lock.wait", "{wait}", "Waits of writes for other writes");

  private final String id;
  private final String unit;
  private final String description;

  Metric(String id, String unit, String description) {
    this.id = id;
    this.unit = unit;
    this.description = description;
  }

  /** Returns the name, in lower case with dots. */
  public String id() {
    return id;
  }

  /** Returns what is counted, as a unit by the Unified Code for Units of Measure. */
  public String unit() {
    return unit;
  }

  /** Returns whether not only events are counted, but also their durations are added up. */
  public boolean isTimer() {
    return this == LOCK_WAIT;
  }

  /** Returns one sentence for people. */
  public String description() {
    return description;
  }
}
