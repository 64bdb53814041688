package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.section.Facts;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.journal.Journal;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import java.util.ArrayList;
import java.util.List;

/** The version and the position of the filter, the capacity of the journal, and the formats. */
final class AboutPage implements Page {

  private final MonitorData data;

  AboutPage(MonitorData data) {
    this.data = data;
  }

  @Override
  public List<Section> sections(Visit visit) {
    MonitorModel model = data.model();
    List<Section> sections = new ArrayList<>();
    Prose lines = new Prose(visit.words().text("about.filter"));
    data.about().forEach(lines::quote);
    sections.add(lines);
    sections.add(
        new Facts("about.journal")
            .with("started", model.started())
            .with("entries", model.journal().size())
            .with("capacity", Journal.MOST_ENTRIES)
            .with("bytes", model.journal().bytes())
            .with("capacityBytes", Journal.MOST_BYTES)
            .with("recorder", data.control().getRecorder())
            .with("seenRequests", data.control().getSeenRequests())
            .with("bypassingRequests", data.control().getBypassingRequests()));
    sections.add(
        new Prose(visit.words().text("about.formats"))
            .sentence("about.json", "?format=json")
            .sentence("about.csv", "?format=csv")
            .sentence("about.prometheus", "metrics")
            .link("about.report", "report"));
    sections.add(
        new Prose(visit.words().text("about.privacy"))
            .sentence("about.people", model.settings().actors().code())
            .sentence("about.values"));
    return sections;
  }
}
