package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import java.util.Collections;
import java.util.List;

/** The conditions that prevent the filter from working, each with its remedy. */
final class FindingsPage implements Page {

  private final MonitorModel model;

  FindingsPage(MonitorModel model) {
    this.model = model;
  }

  @Override
  public List<Section> sections(Visit visit) {
    Table table =
        new Table("findings")
            .column("code", Kind.CODE)
            .column("finding", Kind.TEXT)
            .column("cure", Kind.TEXT);
    for (SetupFinding finding : model.findings()) {
      table.row(finding.getCode(), finding.getFound(), finding.getCure());
    }
    return Collections.singletonList(new TableSection("findings", table).note("findings.note"));
  }
}
