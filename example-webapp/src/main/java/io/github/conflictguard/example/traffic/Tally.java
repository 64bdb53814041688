package io.github.conflictguard.example.traffic;

import java.util.EnumMap;
import java.util.Map;

/** The counts of one scene. Complete, and no longer changed, once the scene has ended. */
public final class Tally {

  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
  private int requests;

  /** Returns the number of requests. */
  public int requests() {
    return requests;
  }

  /** Returns the number of requests with this outcome. */
  public int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  void addRequest(Outcome outcome) {
    requests++;
    counts.merge(outcome, 1, Integer::sum);
  }

  /** Counts an update that was saved, and is overwritten. */
  void addLoss() {
    counts.merge(Outcome.LOST, 1, Integer::sum);
  }
}
