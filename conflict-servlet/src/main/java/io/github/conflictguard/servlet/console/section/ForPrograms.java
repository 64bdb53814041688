package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Html;
import java.util.Collections;
import java.util.List;

/** A table for programs, whose content readers get in sentences. */
public final class ForPrograms implements Section {

  private final Table table;

  /** Creates a part that pages do not show. */
  public ForPrograms(Table table) {
    this.table = table;
  }

  @Override
  public List<Table> tables() {
    return Collections.singletonList(table);
  }

  @Override
  public void write(Html html, Words words) {
    // Only programs get it.
  }
}
