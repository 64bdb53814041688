package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.advice.Advice;
import io.github.conflictguard.servlet.advice.AdviceTexts;
import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.section.ForPrograms;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** What would help, each with evidence, the lines to paste, its effect and its price. */
final class AdvicePage implements Page {

  @Override
  public List<Section> sections(Visit visit) {
    AdviceTexts texts = AdviceTexts.in(visit.words().language());
    Table table =
        new Table("advice")
            .column("advice", Kind.CODE)
            .column("title", Kind.TEXT)
            .column("evidence", Kind.TEXT)
            .column("cure", Kind.TEXT)
            .column("lines", Kind.CODE)
            .column("effect", Kind.TEXT)
            .column("price", Kind.TEXT)
            .column("lost", Kind.NUMBER)
            .column("count", Kind.NUMBER);
    List<Section> sections = new ArrayList<>();
    sections.add(new ForPrograms(table));
    for (Advice advice : visit.advice()) {
      table.row(
          advice.id(),
          advice.title(texts),
          advice.evidence(texts),
          advice.cure(texts),
          advice.lines(),
          advice.effect(texts),
          advice.price(texts),
          advice.lost(),
          advice.count());
      sections.add(shown(visit, advice, texts));
    }
    if (table.rows().isEmpty()) {
      sections.add(new Prose(null).note("advice.none"));
    }
    return sections;
  }

  private static Prose shown(Visit visit, Advice advice, AdviceTexts texts) {
    Prose prose =
        new Prose(advice.title(texts)).quote(advice.evidence(texts)).quote(advice.cure(texts));
    String lines = advice.lines();
    if (lines != null) {
      prose.lines(lines);
    }
    prose.quote(advice.effect(texts)).quote(advice.price(texts));
    for (JournalEntry example : advice.examples()) {
      prose.link(
          "advice.example", ConflictsPage.address(example), visit.words().time(example.time()));
    }
    return prose.button(visit.change("dismiss").with("advice", advice.id()), "advice.dismiss");
  }
}
