package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Address;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import io.github.conflictguard.servlet.journal.ConflictPattern;
import io.github.conflictguard.servlet.journal.Journal;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The recorded conflicts: grouped by pattern, or the single ones of a pattern, a rule or a resource
 * where the address names one.
 */
final class ConflictsPage implements Page {

  private static final int MOST = 200;

  private final MonitorModel model;

  ConflictsPage(MonitorModel model) {
    this.model = model;
  }

  @Override
  public List<Section> sections(Visit visit) {
    List<Section> sections = new ArrayList<>();
    Predicate<JournalEntry> wanted = filter(visit);
    if (wanted == null) {
      sections.add(
          new TableSection("patterns", Patterns.table(model.patterns().all()))
              .note("patterns.note"));
    } else {
      sections.add(
          new Prose(null).link("conflicts.all", "conflicts").note("conflicts.filtered", MOST));
    }
    List<JournalEntry> found = new ArrayList<>();
    long after = visit.number("after");
    // The oldest ones first, so that a reader that continues from the last one misses none.
    List<JournalEntry> all =
        after > 0
            ? model.journal().since(after, Journal.MOST_ENTRIES)
            : model.journal().newest(Journal.MOST_ENTRIES);
    for (JournalEntry entry : all) {
      if (found.size() < MOST && (wanted == null || wanted.test(entry))) {
        found.add(entry);
      }
    }
    sections.add(new TableSection("conflicts", entries(found)));
    return sections;
  }

  private @Nullable Predicate<JournalEntry> filter(Visit visit) {
    String rule = visit.parameter("rule");
    String resource = visit.parameter("resource");
    String outcome = visit.parameter("outcome");
    long after = visit.number("after");
    ConflictPattern pattern = model.patterns().of((int) visit.number("pattern"));
    if (pattern == null && rule == null && resource == null && outcome == null && after == 0) {
      return null;
    }
    return entry ->
        (pattern == null || pattern.contains(entry))
            && (rule == null || rule.equals(entry.rule()))
            && (resource == null || entry.resourceKey().equals(resource))
            && (outcome == null || entry.outcome().code().equals(outcome))
            && entry.sequence() > after;
  }

  /** Returns a table of single conflicts, each linked to its page. */
  static Table entries(List<JournalEntry> entries) {
    Table table =
        new Table("conflicts")
            .column("time", Kind.TIME)
            .column("outcome", Kind.BADGE)
            .column("kind", Kind.WORD)
            .column("request", Kind.CODE)
            .column("place", Kind.CODE)
            .column("actor", Kind.CODE)
            .column("other", Kind.CODE)
            .column("sequence", Kind.PROGRAM)
            .column("resource", Kind.PROGRAM)
            .column("instance", Kind.PROGRAM);
    for (JournalEntry entry : entries) {
      table
          .row(
              entry.time(),
              entry.outcome().code(),
              entry.kind(),
              entry.method() + " " + entry.path(),
              entry.place(),
              entry.collision().actor(),
              entry.collision().other(),
              entry.sequence(),
              entry.resourceKey(),
              entry.instance())
          .linkedTo(address(entry))
          .toned(Patterns.tone(entry.outcome()));
    }
    return table;
  }

  static String address(JournalEntry entry) {
    return Address.of("conflict", "n", String.valueOf(entry.sequence()));
  }
}
