package io.github.conflictguard.servlet.bridge;

/** A metric: a name for counters that differ in their tags. */
public enum Metric {
  /** Conflicts. */
  CONFLICTS("conflict.guard.conflicts", "{conflict}", "Conflicts, answered or only observed"),

  /** Lost updates of observed rules. */
  LOST_UPDATES(
      "conflict.guard.lost.updates",
      "{update}",
      "Writes in mode observe that have overwritten a change unknown to their client"),

  /** Preconditions that failed or were missing. */
  PRECONDITIONS(
      "conflict.guard.preconditions",
      "{request}",
      "Requests whose precondition failed or was missing, refused or only observed"),

  /** Repeated writes that got the first response. */
  REPLAYS(
      "conflict.guard.replays",
      "{write}",
      "Repeated writes that got the response to the first attempt"),

  /** Retries of guarded methods. */
  RETRIES("conflict.guard.retries", "{retry}", "Retries of guarded methods, by their outcome"),

  /** Waits for the lock of a record, with their durations. */
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
