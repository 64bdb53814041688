package io.github.conflictguard.merge;

/** A field that is sent without being shown. Immutable. */
public final class HiddenField {

  private final String name;
  private final String value;

  /** Creates a hidden field. */
  public HiddenField(String name, String value) {
    this.name = name;
    this.value = value;
  }

  /** Returns the name under which it is sent. */
  public String getName() {
    return name;
  }

  /** Returns the value that is sent. */
  public String getValue() {
    return value;
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
