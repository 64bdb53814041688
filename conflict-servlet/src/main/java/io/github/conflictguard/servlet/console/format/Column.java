package io.github.conflictguard.servlet.console.format;

/** A column of a table. Immutable. */
public final class Column {

  private final String key;
  private final Kind kind;

  Column(String key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  /** Returns the name in JSON and CSV; pages have a heading for it in each language. */
  public String key() {
    return key;
  }

  /** Returns how pages show the values. */
  public Kind kind() {
    return kind;
  }

  /** How pages show the values of a column. */
  public enum Kind {
    /** Words. */
    TEXT,

    /** A path, a key, a name of code. */
    CODE,

    /** A code of the monitor that pages translate, and show as a badge. */
    BADGE,

    /** A code of the monitor that pages translate. */
    WORD,

    /** A number. */
    NUMBER,

    /** A duration in milliseconds. */
    MILLIS,

    /** A number between 0 and 1. */
    SHARE,

    /** An {@link java.time.Instant}. */
    TIME,

    /** Any value, for programs only. */
    PROGRAM
  }
}
