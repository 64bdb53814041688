package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.section.Section;
import java.util.List;

/** A page of the monitor. Implementations are safe for use by several threads. */
public interface Page {

  /** Returns the parts of the page for one request. */
  List<Section> sections(Visit visit);
}
