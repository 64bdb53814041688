package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.journal.Worklist;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import java.util.ArrayList;
import java.util.List;

/** The refused saves that their senders have not repeated with success. */
final class WorklistPage implements Page {

  private final MonitorModel model;

  WorklistPage(MonitorModel model) {
    this.model = model;
  }

  @Override
  public List<Section> sections(Visit visit) {
    List<Section> sections = new ArrayList<>();
    Worklist worklist = model.worklist();
    sections.add(new TableSection("worklist", table(model.open())));
    sections.add(
        new Prose(null)
            .note(
                "worklist.closed",
                visit.words().number(worklist.closed()),
                visit.words().number(worklist.expired()),
                visit.words().number(worklist.dropped())));
    return sections;
  }

  static Table table(List<Worklist.Item> open) {
    Table table =
        new Table("worklist")
            .column("since", Kind.TIME)
            .column("request", Kind.CODE)
            .column("kind", Kind.WORD)
            .column("attempts", Kind.NUMBER)
            .column("actor", Kind.CODE)
            .column("last", Kind.TIME)
            .column("instance", Kind.PROGRAM);
    for (Worklist.Item item : open) {
      JournalEntry latest = item.latest();
      table
          .row(
              item.since(),
              latest.method() + " " + latest.path(),
              latest.kind(),
              (long) item.attempts(),
              latest.collision().actor(),
              latest.time(),
              latest.instance())
          .linkedTo(ConflictsPage.address(latest))
          .toned(Patterns.tone(latest.outcome()));
    }
    return table;
  }
}
