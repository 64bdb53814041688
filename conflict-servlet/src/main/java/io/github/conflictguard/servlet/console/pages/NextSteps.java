package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The most important things to do, on the first screen. */
final class NextSteps {

  private static final int FEW = 3;

  private NextSteps() {}

  /** Returns the section; null when there is nothing to do. */
  static @Nullable Section of(MonitorData data) {
    List<SetupFinding> findings = data.model().findings();
    if (findings.isEmpty()) {
      return null;
    }
    return (html, words) -> {
      html.open("section").element("h2", words.text("next-steps"));
      for (SetupFinding finding : findings.subList(0, Math.min(FEW, findings.size()))) {
        html.open("p").element("b", finding.getFound()).text(". ").text(finding.getCure());
        html.text(" ").element("a", words.text("details"), "href", "findings").close();
      }
      html.close();
    };
  }
}
