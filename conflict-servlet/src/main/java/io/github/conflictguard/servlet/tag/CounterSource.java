package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.rule.RuleMatch;

/**
 * A source that makes the entity tag from the number of writes that passed the filter. It does not
 * notice writes on other paths, and cannot determine whether the resource exists.
 */
final class CounterSource implements StateSource {

  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final WriteCounters counters;

  CounterSource(WriteCounters counters) {
    this.counters = counters;
  }

  @Override
  public SelectedRepresentation read(RuleMatch target) {
    return stateOf(target, counters.valueOf(target.key()));
  }

  /** Returns the state of a resource that was written so many times. */
  static SelectedRepresentation stateOf(RuleMatch target, long count) {
    return SelectedRepresentation.perhapsPresent(
        BodyTag.of(mixed(count), mixed(count + target.key().hashCode() * SPREAD)));
  }

  @Override
  public void written(RuleMatch target) {
    counters.written(target.key());
  }

  /**
   * Maps each number to another one (the finalizer of SplitMix64), so that different counts never
   * have the same tag. A cryptographic hash is not needed: guessing the tag of a state reveals
   * nothing that a GET does not.
   */
  private static long mixed(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
