package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.advice.Advice;
import io.github.conflictguard.servlet.advice.AdviceTexts;
import io.github.conflictguard.servlet.console.html.Html;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.Words;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The most important things to do, on the first screen. */
final class NextSteps {

  private static final int FEW = 3;

  private NextSteps() {}

  /** Returns the section; null when there is nothing to do. */
  static @Nullable Section of(MonitorData data, List<Advice> advice) {
    List<SetupFinding> findings = data.model().findings();
    if (advice.isEmpty() && findings.isEmpty()) {
      return null;
    }
    return (html, words) -> {
      html.open("section").element("h2", words.text("next-steps"));
      AdviceTexts texts = AdviceTexts.in(words.language());
      int shown = Math.min(FEW, advice.size());
      for (Advice each : advice.subList(0, shown)) {
        step(html, words, each.title(texts), each.effect(texts), "advice");
      }
      for (SetupFinding finding : findings.subList(0, Math.min(FEW - shown, findings.size()))) {
        step(
            html,
            words,
            finding.getCode(),
            finding.getFound() + ". " + finding.getCure() + ".",
            "findings");
      }
      html.close();
    };
  }

  private static void step(Html html, Words words, String title, String text, String page) {
    html.open("div", "class", "step").element("b", title).open("p").text(text).text(" ");
    html.element("a", words.text("details"), "href", page).close().close();
  }
}
