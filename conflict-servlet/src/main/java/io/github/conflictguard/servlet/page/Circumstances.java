package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.StaleCause;
import org.jspecify.annotations.Nullable;

/** The known facts about a refused form, apart from its fields. Immutable. */
public final class Circumstances {

  /** The defaults, without specific facts. */
  static final Circumstances USUAL = new Circumstances(StaleCause.OTHERS, null, null, null);

  final StaleCause cause;

  /** The label of the record; null when it is not known. */
  public final @Nullable String record;

  final @Nullable String application;

  /** The path and query of a page of the record; null when it is not known. */
  public final @Nullable String page;

  /**
   * Creates an instance.
   *
   * @param record the label of the record; null when it is not known
   * @param application the display name of the application; null when it is not known, and omitted
   *     if it is only the path that containers use as a default
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

  /** Returns the same facts for a form whose page has a title. */
  public Circumstances onPage(@Nullable String title) {
    return record != null || title == null
        ? this
        : new Circumstances(cause, title, application, page);
  }

  /** Returns a line that describes the subject of the page; null when nothing is known. */
  @Nullable String about() {
    if (record == null || application == null) {
      return record == null ? application : record;
    }
    return record.contains(application) ? record : record + " \u00B7 " + application;
  }
}
