package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.fence.SharedCounters;
import io.github.conflictguard.servlet.rule.RuleMatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A source that makes the entity tag from the number of writes in the store that all nodes share.
 * It cannot determine whether the resource exists.
 */
public final class StoreSource implements StateSource {

  private final SharedCounters counters;

  StoreSource(SharedCounters counters) {
    this.counters = counters;
  }

  @Override
  public SelectedRepresentation read(RuleMatch target) {
    Long value = counters.valueOf(target);
    return value == null ? SelectedRepresentation.unreadable() : stateOf(target, value);
  }

  /** Returns a function that reads the state of a resource; null if nothing is shared. */
  public static @Nullable Function<RuleMatch, SelectedRepresentation> reader(
      @Nullable SharedCounters counters) {
    return counters == null ? null : new StoreSource(counters)::read;
  }

  /** Returns the state of a resource whose counter has a value. */
  public static SelectedRepresentation stateOf(RuleMatch target, long value) {
    return CounterSource.stateOf(target, value);
  }

  @Override
  public void written(RuleMatch target) {
    counters.written(target);
  }
}
