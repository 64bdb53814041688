package io.github.conflictguard.merge;

/** What is sent along without being shown. Immutable. */
public final class HiddenField {

  private final String name;
  private final String value;

  /** Makes one. */
  public HiddenField(String name, String value) {
    this.name = name;
    this.value = value;
  }

  /** The name under which it is sent. */
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
