package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import io.github.conflictguard.servlet.prediction.Score;
import java.util.ArrayList;
import java.util.List;

/** How good the predictions of conflicts are; without a good score they are worth nothing. */
final class PredictionPage implements Page {

  private final MonitorModel model;

  PredictionPage(MonitorModel model) {
    this.model = model;
  }

  @Override
  public List<Section> sections(Visit visit) {
    Score score = model.score();
    List<Section> sections = new ArrayList<>();
    sections.add(verdict(visit, score));
    sections.add(new TableSection("reliability", bins(score)).note("reliability.note"));
    sections.add(new TableSection("score", numbers(score)).note("score.note"));
    return sections;
  }

  private static Prose verdict(Visit visit, Score score) {
    Prose prose = new Prose(visit.words().text("prediction.verdict"));
    String count = visit.words().number(score.count());
    if (score.count() < Score.FEWEST) {
      return prose.sentence("prediction.few", count, visit.words().number(Score.FEWEST));
    }
    String base = visit.words().share(score.baseRate());
    return score.isBetterThanBaseRate()
        ? prose.sentence("prediction.good", count, visit.words().share(score.skill()), base)
        : prose.sentence("prediction.useless", count, base);
  }

  private static Table bins(Score score) {
    Table table =
        new Table("reliability")
            .column("predicted", Kind.TEXT)
            .column("forecasts", Kind.NUMBER)
            .column("met", Kind.NUMBER)
            .column("meanForecast", Kind.SHARE)
            .column("observedShare", Kind.SHARE);
    for (Score.Bin bin : score.bins()) {
      if (bin.count() > 0) {
        table.row(
            bin.fromPercent() + "–" + bin.toPercent() + " %",
            (long) bin.count(),
            (long) bin.hits(),
            bin.mean(),
            (double) bin.hits() / bin.count());
      }
    }
    return table;
  }

  private static Table numbers(Score score) {
    Table table = new Table("score").column("measure", Kind.WORD).column("value", Kind.NUMBER);
    table.row("forecasts", (long) score.count());
    table.row("base-rate", score.baseRate());
    table.row("brier", score.brier());
    table.row("skill", score.skill());
    table.row("miscalibration", score.miscalibration());
    table.row("discrimination", score.discrimination());
    return table;
  }
}
