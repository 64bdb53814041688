package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Address;
import io.github.conflictguard.servlet.console.section.Change;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Section;
import io.github.conflictguard.servlet.console.section.TableSection;
import io.github.conflictguard.servlet.monitor.RuleCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The rules with their modes and counts, and what mode {@code protect} would refuse. */
final class RulesPage implements Page {

  private static final String NO_RULE = "-";
  private static final String OBSERVE = "observe";
  private static final String PROTECT = "protect";

  private final MonitorData data;

  RulesPage(MonitorData data) {
    this.data = data;
  }

  @Override
  public List<Section> sections(Visit visit) {
    List<Section> sections = new ArrayList<>();
    List<RuleCounts> rules = data.model().rules();
    boolean enabled = data.control().isEnabled();
    if (!enabled) {
      sections.add(filterSwitch(visit, false));
    }
    sections.add(new TableSection("rules", table(rules)).note("rules.note"));
    for (RuleCounts rule : rules) {
      if (rule.getMode().equals(OBSERVE) && rule.getRequests() > 0) {
        sections.add(preview(visit, rule));
      }
    }
    if (visit.mayChange()) {
      sections.add(modes(visit, rules));
    } else {
      sections.add(new Prose(null).note("rules.no-changes"));
    }
    if (enabled) {
      sections.add(filterSwitch(visit, true));
    }
    return sections;
  }

  /** First where it explains why nothing happens, last where it is only a way out. */
  private static Section filterSwitch(Visit visit, boolean enabled) {
    return new Prose(visit.words().text("switch"))
        .sentence(enabled ? "switch.on" : "switch.off")
        .button(
            visit
                .change("switch")
                .with("enabled", String.valueOf(!enabled))
                .toned(enabled ? "danger" : "primary"),
            enabled ? "switch.turn-off" : "switch.turn-on");
  }

  private static Table table(List<RuleCounts> rules) {
    Table table =
        new Table("rules")
            .column("rule", Kind.CODE)
            .column("mode", Kind.BADGE)
            .column("requests", Kind.NUMBER)
            .column("unguardedWrites", Kind.NUMBER)
            .column("failedPreconditions", Kind.NUMBER)
            .column("missingPreconditions", Kind.NUMBER)
            .column("lostUpdates", Kind.NUMBER)
            .column("undecidedWrites", Kind.NUMBER)
            .column("lockedWrites", Kind.NUMBER)
            .column("replayedWrites", Kind.NUMBER);
    for (RuleCounts rule : rules) {
      Table.Row row =
          table
              .row(
                  rule.getRule(),
                  rule.getMode(),
                  rule.getRequests(),
                  rule.getUnguardedWrites(),
                  rule.getFailedPreconditions(),
                  rule.getMissingPreconditions(),
                  rule.getLostUpdates(),
                  rule.getUndecidedWrites(),
                  rule.getLockedWrites(),
                  rule.getReplayedWrites())
              .toned(tone(rule.getMode()));
      if (!rule.getRule().equals(NO_RULE)) {
        row.linkedTo(Address.of("conflicts", "rule", rule.getRule()));
      }
    }
    return table;
  }

  private static String tone(String mode) {
    return mode.equals(PROTECT) ? "good" : mode.equals(OBSERVE) ? "observed" : "";
  }

  private static Prose preview(Visit visit, RuleCounts rule) {
    long refused = rule.getFailedPreconditions() + rule.getMissingPreconditions();
    Prose preview =
        new Prose(visit.words().text("preview", name(visit, rule)))
            .sentence(
                "preview.effect",
                visit.words().number(refused),
                visit.words().number(rule.getRequests()),
                visit.words().number(rule.getLostUpdates()));
    if (rule.getUndecidedWrites() > 0) {
      preview.and("preview.undecided", visit.words().number(rule.getUndecidedWrites()));
    }
    if (refused > 0) {
      preview.link(
          "preview.instances",
          rule.getRule().equals(NO_RULE)
              ? Address.of("conflicts", "outcome", "observed")
              : Address.of("conflicts", "outcome", "observed", "rule", rule.getRule()));
    }
    return preview.button(
        visit.change("mode").with("rule", rule.getRule()).with("mode", PROTECT).toned("primary"),
        "preview.protect");
  }

  private static String name(Visit visit, RuleCounts rule) {
    return rule.getRule().equals(NO_RULE) ? visit.words().text("no-rule") : rule.getRule();
  }

  private static Section modes(Visit visit, List<RuleCounts> rules) {
    return (html, words) -> {
      html.open("section").element("h2", words.text("modes"));
      html.element("p", words.text("modes.note"), "class", "note");
      html.open("div", "class", "rows");
      for (RuleCounts rule : changeable(rules)) {
        boolean observed = rule.getMode().equals(OBSERVE);
        Change change =
            visit
                .change("mode")
                .with("rule", rule.getRule())
                .with("mode", observed ? PROTECT : OBSERVE);
        html.element("code", name(visit, rule));
        change.write(html, words.text(observed ? "modes.protect" : "modes.observe"));
      }
      html.close().close();
    };
  }

  private static List<RuleCounts> changeable(List<RuleCounts> rules) {
    List<RuleCounts> changeable = new ArrayList<>(rules);
    changeable.removeIf(rule -> !rule.getMode().equals(OBSERVE) && !rule.getMode().equals(PROTECT));
    return Collections.unmodifiableList(changeable);
  }
}
