package io.github.conflictguard.servlet.observe;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the idempotency key of an observed write has decided. Immutable. */
final class ObservedKey {

  /** Nothing is decided, and nothing is awaited. */
  static final ObservedKey NONE = new ObservedKey(Decision.NONE, null);

  /** The write would have got the response to an earlier one. */
  static final ObservedKey REPEATED = new ObservedKey(Decision.REPEATED, null);

  /** The write would have been refused for its key. */
  static final ObservedKey REFUSED = new ObservedKey(Decision.REFUSED, null);

  private final Decision decision;
  private final @Nullable Consumer<Boolean> end;

  private ObservedKey(Decision decision, @Nullable Consumer<Boolean> end) {
    this.decision = decision;
    this.end = end;
  }

  /**
   * Returns the key of the first write that has it.
   *
   * @param end receives, when the application has finished, whether the write was executed: false
   *     if the application has thrown an exception, or would not have been called
   */
  static ObservedKey first(Consumer<Boolean> end) {
    return new ObservedKey(Decision.NONE, end);
  }

  Decision decision() {
    return decision;
  }

  /** Returns what receives whether the write was executed; null when nothing is awaited. */
  @Nullable Consumer<Boolean> end() {
    return end;
  }

  /** What mode {@code protect} would have done with a write before it evaluates preconditions. */
  enum Decision {
    /** It would have evaluated the preconditions. */
    NONE,
    /** It would have sent the response to an earlier write. */
    REPEATED,
    /** It would have refused the write. */
    REFUSED
  }
}
