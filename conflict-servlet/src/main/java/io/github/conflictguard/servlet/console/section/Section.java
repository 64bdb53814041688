package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Html;
import java.util.Collections;
import java.util.List;

/** A part of a page. */
public interface Section {

  /** Writes the part as HTML. */
  void write(Html html, Words words);

  /** Returns the tables that programs get; none for a part that is for readers only. */
  default List<Table> tables() {
    return Collections.emptyList();
  }
}
