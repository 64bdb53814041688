package io.github.conflictguard.merge;

/** The reason why a form is refused as stale, if known. */
public enum StaleCause {
  /** Another client has written the record since the page of the form was loaded. */
  OTHERS("form.title"),

  /** The same client has written the record, from another page. */
  YOU("form.title.you"),

  /** The record has changed; by which client is not known. */
  CHANGED("form.title.changed"),

  /** It is not known whether the record has changed: the page is too old, or its session ended. */
  UNKNOWN("form.title.unknown");

  private final String title;

  StaleCause(String title) {
    this.title = title;
  }

  /** Returns the message key of the title for this cause. */
  public String title() {
    return title;
  }

  /** Returns whether another client is known to have changed the record. */
  public boolean isByOthers() {
    return this == OTHERS;
  }
}
