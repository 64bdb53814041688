package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTagSyntaxException;

/** A conditional header whose value violates the grammar. Immutable. */
public final class MalformedHeader {

  private final String name;
  private final String reason;

  MalformedHeader(String name, EntityTagSyntaxException failure) {
    this.name = name;
    this.reason = String.valueOf(failure.getMessage());
  }

  /** Returns the header's name. */
  public String name() {
    return name;
  }

  /** Returns what was expected and where; never contains the value. */
  public String reason() {
    return reason;
  }
}
