package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.section.ChartSection;
import io.github.conflictguard.servlet.console.section.Figures;
import io.github.conflictguard.servlet.console.section.Notice;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import io.github.conflictguard.servlet.statistics.TimeSeries;
import io.github.conflictguard.servlet.statistics.TimeSeries.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What happened today, what was lost, and what is to be done. */
final class OverviewPage implements Page {

  private static final int FEW = 5;

  /** From the bottom of each bar to its top. */
  private static final Outcome[] STACK = {
    Outcome.LOST, Outcome.OBSERVED, Outcome.REFUSED, Outcome.WAITED
  };

  private final MonitorData data;
  private final MonitorModel model;

  OverviewPage(MonitorData data) {
    this.data = data;
    this.model = data.model();
  }

  @Override
  public List<Section> sections(Visit visit) {
    List<Section> sections = new ArrayList<>();
    int open = model.open().size();
    sections.add(notice(visit));
    sections.add(
        new Figures()
            .with("lost", today(Outcome.LOST), "lost", "conflicts?outcome=lost")
            .with("observed", today(Outcome.OBSERVED), "observed", "conflicts?outcome=observed")
            .with("refused", today(Outcome.REFUSED), "refused", "conflicts?outcome=refused")
            .with("waited", today(Outcome.WAITED), "wait", "conflicts?outcome=waited")
            .with("open", open, open == 0 ? "good" : "observed", "worklist"));
    Section next = NextSteps.of(data, visit.advice());
    if (next != null) {
      sections.add(next);
    }
    sections.add(chart());
    sections.add(
        new TableSection("patterns", Patterns.table(model.patterns().all()))
            .first(FEW, "conflicts"));
    sections.add(
        new TableSection("worklist", WorklistPage.table(model.open())).first(FEW, "worklist"));
    return sections;
  }

  private Section notice(Visit visit) {
    long lost = today(Outcome.LOST);
    long observed = today(Outcome.OBSERVED);
    long refused = today(Outcome.REFUSED);
    if (!data.control().isEnabled()) {
      return new Notice("lost", "notice.off");
    }
    if (lost > 0) {
      return notice(visit, "lost", "lost", lost);
    }
    if (observed > 0) {
      return notice(visit, "observed", "observed", observed);
    }
    return refused > 0
        ? notice(visit, "good", "refused", refused)
        : new Notice("good", "notice.calm");
  }

  private static Section notice(Visit visit, String tone, String name, long count) {
    String text = "notice." + name + (count == 1 ? ".one" : "");
    return new Notice(tone, text, visit.words().number(count));
  }

  private long today(Outcome outcome) {
    return model.series().current(outcome.code(), Step.DAY);
  }

  private Section chart() {
    TimeSeries series = model.series();
    List<String> names = new ArrayList<>();
    List<long[]> counts = new ArrayList<>();
    for (Outcome outcome : STACK) {
      names.add(Patterns.tone(outcome));
      counts.add(series.counts(outcome.code(), Step.HOUR));
    }
    Instant last = series.startOfLast(Step.HOUR);
    ChartSection chart = new ChartSection("chart", names);
    for (int hour = 0; hour < Step.HOUR.length(); hour++) {
      List<Long> values = new ArrayList<>();
      for (long[] of : counts) {
        values.add(of[hour]);
      }
      chart.hour(last.minus(Step.HOUR.length() - 1L - hour, ChronoUnit.HOURS), values);
    }
    return chart;
  }
}
