package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTagSyntaxException;

/** A conditional header whose value cannot be read. Immutable. */
public final class MalformedHeader {

  private final String name;
  private final String reason;

  MalformedHeader(String name, EntityTagSyntaxException failure) {
    this.name = name;
    this.reason = String.valueOf(failure.getMessage());
  }

  /** The header's name. */
  public String name() {
    return name;
  }

  /** What was expected and where; never repeats the value. */
  public String reason() {
    return reason;
  }
}
