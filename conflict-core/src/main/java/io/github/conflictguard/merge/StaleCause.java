package io.github.conflictguard.merge;

/** Why a form is refused as stale, as far as that is known. */
public enum StaleCause {
  /** Another client has written the record since the page of the form was loaded. */
  OTHERS("form.title"),

  /** The same client has, from another page. */
  YOU("form.title.you"),

  /** The record has changed, and it is not known who has changed it. */
  CHANGED("form.title.changed"),

  /** It is not known whether the record has changed: the page is too old, or its session ended. */
  UNKNOWN("form.title.unknown");

  private final String title;

  StaleCause(String title) {
    this.title = title;
  }

  /** The key of the words that tell it in a title. */
  public String title() {
    return title;
  }

  /** Whether it is known that there are two people who have changed something. */
  public boolean isByOthers() {
    return this == OTHERS;
  }
}
