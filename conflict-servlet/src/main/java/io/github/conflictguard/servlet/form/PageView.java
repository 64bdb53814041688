package io.github.conflictguard.servlet.form;

import org.jspecify.annotations.Nullable;

/** Where a page comes from. Immutable. */
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
   * Makes one.
   *
   * @param page a number that no other page has
   * @param epoch whose time it is
   * @param time when it began
   * @param rule the rule that speaks of it, as a number
   * @param key the record that it shows, as a number; 0 when it shows none in particular
   * @param tag the entity tag of that record when the page began; null when none is known
   * @param answerToWrite whether its forms show what was sent, and not what is stored
   * @param plain whether the rule names everything that the request for it says
   * @param base what the form had held that was sent then; null when that is not known
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

  /** The number of the page. */
  public long page() {
    return page;
  }
}
