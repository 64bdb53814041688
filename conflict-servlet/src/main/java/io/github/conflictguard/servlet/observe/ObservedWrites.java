package io.github.conflictguard.servlet.observe;

import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedForms;
import io.github.conflictguard.servlet.history.LastWrites;
import io.github.conflictguard.servlet.history.LastWrites.Noted;
import io.github.conflictguard.servlet.history.LastWrites.Written;
import io.github.conflictguard.servlet.rule.RuleMatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The writes of observed requests: all writes, each of which may overwrite a change, and separately
 * those that mode {@code protect} would have allowed, against which it would have checked later
 * ones. Thread-safe.
 */
final class ObservedWrites {

  private static final int REMEMBERED_WRITES = 65_536;

  private static final int MONITORS = 64;

  private final Object[] monitors = new Object[MONITORS];
  private final LastWrites last = new LastWrites(REMEMBERED_WRITES);
  private final ObservedForms forms;
  private final @Nullable Forms protectedForms;
  private final LostUpdates lostUpdates;

  /**
   * Creates the writes of one filter.
   *
   * @param protectedForms the forms of rules in mode {@code protect}; null when there are none
   */
  ObservedWrites(ObservedForms forms, @Nullable Forms protectedForms, LostUpdates lostUpdates) {
    this.lostUpdates = lostUpdates;
    Arrays.setAll(monitors, place -> new Object());
    this.forms = forms;
    this.protectedForms = protectedForms;
  }

  LostUpdates lostUpdates() {
    return lostUpdates;
  }

  ObservedForms forms() {
    return forms;
  }

  /**
   * Returns the monitor to hold while it is decided which of several writes of a record came first.
   */
  Object monitorOf(RuleMatch target) {
    return monitors[(int) Math.floorMod(target.key().keyedHash(), (long) MONITORS)];
  }

  /** Returns a time that is later than all before and earlier than all to come. */
  long tick() {
    return forms.tick();
  }

  /** Records a write of a rule in mode {@code protect}. */
  void written(RuleMatch target) {
    last.note(target.key(), forms::tick);
    forms.forms().written(target);
  }

  /** Records a write that was executed, whether or not it would have been refused. */
  Noted carriedOut(Exchange exchange) {
    Noted noted = last.note(exchange.target.key(), forms::tick);
    exchange.policy.written(exchange.target);
    if (protectedForms != null) {
      protectedForms.written(exchange.target);
    }
    return noted;
  }

  /** Returns whether a record was written since a time, by any write. */
  boolean isWrittenSince(RuleMatch target, long time) {
    Written known = last.of(target.key());
    return known != null && known.time > time;
  }

  /** Records that a write without a form would have been allowed. */
  void letThrough(RuleMatch target) {
    forms.forms().written(target);
  }
}
