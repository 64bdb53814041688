package io.github.conflictguard.servlet.rewrite;

import java.nio.charset.StandardCharsets;

/** The units of a page that is written by a writer, for tests of other packages. */
public final class WriterUnits {

  private WriterUnits() {}

  public static CodeUnits create() {
    return CodeUnits.ofWriter(StandardCharsets.UTF_8);
  }
}
