package io.github.conflictguard.servlet.form;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.rule.RuleMatch;
import org.jspecify.annotations.Nullable;

/** The origin of a page. Immutable. */
public final class PageView {

  final long page;
  final long epoch;
  final long time;
  final long rule;
  final long key;
  final @Nullable String tag;
  final boolean answerToWrite;
  final boolean plain;
  final @Nullable StoredForm base;

  /**
   * Creates a view.
   *
   * @param page a unique number
   * @param epoch the epoch of the clock
   * @param time when it began
   * @param rule the number of the rule of the page
   * @param key the number of the record that it shows; 0 when it shows none in particular
   * @param tag the entity tag of that record when the page began; null when none is known
   * @param answerToWrite whether its forms show the submitted values, and not the stored ones
   * @param plain whether the rule covers everything in the request for the page
   * @param base the content of the form that was submitted; null when that is not known
   */
  PageView(
      long page,
      long epoch,
      long time,
      long rule,
      long key,
      @Nullable String tag,
      boolean answerToWrite,
      boolean plain,
      @Nullable StoredForm base) {
    this.page = page;
    this.epoch = epoch;
    this.time = time;
    this.rule = rule;
    this.key = key;
    this.tag = tag;
    this.answerToWrite = answerToWrite;
    this.plain = plain;
    this.base = base;
  }

  /** Returns the view of a page that begins now, see {@link Forms#begin}. */
  static PageView begun(
      long page,
      WriteCounters counters,
      FormTokens tokens,
      RuleMatch target,
      @Nullable SelectedRepresentation state,
      @Nullable SubmittedToken carried) {
    EntityTag tag = state == null ? null : state.tag();
    return new PageView(
        page,
        counters.epoch(),
        counters.tick(),
        target.rule() == null ? 0 : tokens.numberOf(target.rule()),
        target.isKeyKnown() ? tokens.numberOf(target) : 0,
        tag == null ? null : tag.toString(),
        target.isWrite() || target.savesNothing(),
        target.isPlainRead(),
        carried == null ? null : carried.base());
  }

  /**
   * Returns the view of a page that shows the entered values again. It has the time of the page on
   * which they were entered.
   */
  static PageView again(
      long page,
      WriteCounters counters,
      FormTokens tokens,
      RuleMatch target,
      SubmittedToken carried) {
    FormToken token = carried.token();
    return new PageView(
        page,
        token == null ? counters.epoch() : token.epoch,
        // Without a valid token, none of its content is known to be current.
        token == null ? Long.MIN_VALUE : token.time,
        target.rule() == null ? 0 : tokens.numberOf(target.rule()),
        target.isKeyKnown() ? tokens.numberOf(target) : 0,
        token == null ? null : token.tag,
        true,
        false,
        carried.base());
  }

  /** Returns the number of the page. */
  public long page() {
    return page;
  }
}
