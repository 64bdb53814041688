package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.section.Facts;
import io.github.conflictguard.servlet.console.section.ForPrograms;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.journal.ConflictPattern;
import io.github.conflictguard.servlet.journal.Journal;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry of the journal, explained, with the previous and the next one of its pattern. */
final class ConflictPage implements Page {

  private final MonitorModel model;

  ConflictPage(MonitorModel model) {
    this.model = model;
  }

  @Override
  public List<Section> sections(Visit visit) {
    List<Section> sections = new ArrayList<>();
    JournalEntry entry = entry(visit);
    if (entry == null) {
      sections.add(new Prose(null).sentence("conflict.gone").link("conflicts.all", "conflicts"));
      return sections;
    }
    sections.add(steps(entry));
    Prose story = new Prose(visit.words().text("conflict.story"));
    new Explainer(entry, visit.words()).explain(story);
    sections.add(story);
    if (!entry.collision().fields().isEmpty()) {
      sections.add(new ForPrograms(fields(entry.collision().fields())));
    }
    String help = "do." + entry.kind();
    if (visit.words().has(help)) {
      sections.add(new Prose(visit.words().text("conflict.do")).sentence(help));
    }
    sections.add(facts(entry));
    return sections;
  }

  private @Nullable JournalEntry entry(Visit visit) {
    String instance = visit.parameter("instance");
    return instance == null
        ? model.journal().at(visit.number("n"))
        : model.journal().find(instance);
  }

  private Section steps(JournalEntry entry) {
    ConflictPattern pattern = Patterns.of(entry, model.patterns().all());
    JournalEntry previous = null;
    JournalEntry next = null;
    for (JournalEntry other : model.journal().newest(Journal.MOST_ENTRIES)) {
      if (pattern != null && pattern.contains(other)) {
        if (other.sequence() > entry.sequence()) {
          next = other;
        } else if (other.sequence() < entry.sequence() && previous == null) {
          previous = other;
        }
      }
    }
    JournalEntry before = previous;
    JournalEntry after = next;
    return (html, words) -> {
      html.open("nav", "class", "steps", "aria-label", words.text("steps"));
      if (before != null) {
        html.element(
            "a", words.text("previous"), "href", ConflictsPage.address(before), "rel", "prev");
      }
      if (after != null) {
        html.element("a", words.text("next"), "href", ConflictsPage.address(after), "rel", "next");
      }
      if (pattern != null) {
        html.element(
            "a",
            words.text("of-pattern", words.number(pattern.count())),
            "href",
            Patterns.address(pattern));
      }
      html.close();
    };
  }

  private static Table fields(Map<String, ChangedBy> fields) {
    Table table = new Table("fields").column("field", Kind.CODE).column("changedBy", Kind.BADGE);
    fields.forEach(
        (name, who) -> table.row(name, who.code()).toned(who == ChangedBy.BOTH ? "observed" : ""));
    return table;
  }

  private static Section facts(JournalEntry entry) {
    Collision collision = entry.collision();
    return new Facts("facts")
        .with("time", entry.time())
        .with("outcome", entry.outcome().code())
        .with("kind", entry.kind())
        .with("status", entry.status() == 0 ? null : entry.status())
        .with("found", entry.found())
        .code("request", entry.method() + " " + entry.path())
        .code("resource", entry.resourceKey())
        .code("rule", entry.rule())
        .code("handler", entry.handler())
        .code("constraint", entry.constraint())
        .with("actor", collision.actor())
        .with("other", collision.other())
        .code("otherPlace", collision.otherPlace())
        .code("otherInstance", collision.otherInstance())
        .code("baseTag", collision.baseTag())
        .code("currentTag", collision.currentTag())
        .code("sentTag", collision.sentTag())
        .code("node", collision.node())
        .code("trace", collision.traceId())
        .code("instance", entry.instance());
  }
}
