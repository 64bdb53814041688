package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.StaleCause;
import org.jspecify.annotations.Nullable;

/** What is known of a form that was refused, beside its fields. Immutable. */
public final class Circumstances {

  /** Those of which nothing special is known. */
  static final Circumstances USUAL = new Circumstances(StaleCause.OTHERS, null, null, null);

  final StaleCause cause;
  public final @Nullable String record;
  final @Nullable String application;
  public final @Nullable String page;

  /**
   * Makes them.
   *
   * @param record what people call the record; null when that is not known
   * @param application what people call the application; null when that is not known, and left out
   *     where it is only the path that containers take for a name
   * @param page the address of a page of the record: path and query; null when it is not known
   */
  public Circumstances(
      StaleCause cause,
      @Nullable String record,
      @Nullable String application,
      @Nullable String page) {
    this.cause = cause;
    this.record = record;
    this.application = application == null || application.startsWith("/") ? null : application;
    this.page = page;
  }

  /** The same where the page of the form has a title. */
  public Circumstances onPage(@Nullable String title) {
    return record != null || title == null
        ? this
        : new Circumstances(cause, title, application, page);
  }

  /** What the page is about, in a line; null when nothing is known. */
  @Nullable String about() {
    if (record == null || application == null) {
      return record == null ? application : record;
    }
    return record.contains(application) ? record : record + " \u00B7 " + application;
  }
}
