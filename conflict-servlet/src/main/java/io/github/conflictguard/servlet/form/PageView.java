package io.github.conflictguard.servlet.form;

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

  /** Returns the number of the page. */
  public long page() {
    return page;
  }
}
