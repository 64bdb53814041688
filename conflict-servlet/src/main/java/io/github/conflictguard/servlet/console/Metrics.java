package io.github.conflictguard.servlet.console;

import io.github.conflictguard.servlet.console.format.PrometheusText;
import io.github.conflictguard.servlet.console.pages.MonitorData;
import io.github.conflictguard.servlet.monitor.ConflictCounts;
import io.github.conflictguard.servlet.monitor.RuleCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The counts since the start as metrics. Their labels are kinds, rules and outcomes, of which there
 * are few, and never paths, users or records.
 */
final class Metrics {

  private final MonitorData data;
  private final PrometheusText text = new PrometheusText();

  private Metrics(MonitorData data) {
    this.data = data;
  }

  /** Returns the metrics in the text format of Prometheus. */
  static String of(MonitorData data) {
    return new Metrics(data).write();
  }

  private String write() {
    conflicts();
    List<RuleCounts> rules = data.model().rules();
    rule(rules, "requests", "Requests that matched a rule.", RuleCounts::getRequests);
    rule(
        rules,
        "unguarded_writes",
        "Writes that carried no precondition.",
        RuleCounts::getUnguardedWrites);
    rule(
        rules,
        "lost_updates",
        "Writes that overwrote a change unknown to their sender.",
        RuleCounts::getLostUpdates);
    rule(
        rules,
        "replays",
        "Repeated writes that got the first response.",
        RuleCounts::getReplayedWrites);
    rule(
        rules,
        "lock_timeouts",
        "Writes that waited too long for the lock.",
        RuleCounts::getLockedWrites);
    preconditions(rules);
    text.gauge("conflict_guard_worklist_open", "Refused saves that were not repeated with success.")
        .sample(data.model().open().size());
    text.gauge("conflict_guard_findings", "Conditions that prevent the filter from working.")
        .sample(data.model().findings().size());
    text.gauge("conflict_guard_enabled", "Whether the filter is switched on.")
        .sample(data.control().isEnabled() ? 1 : 0);
    return text.toString();
  }

  private void conflicts() {
    Map<String, long[]> sums = new TreeMap<>();
    for (ConflictCounts counts : data.control().getConflicts()) {
      long[] sum =
          sums.computeIfAbsent(counts.getKind() + '\n' + counts.getRule(), any -> new long[2]);
      sum[0] += counts.getAnswered();
      sum[1] += counts.getObserved();
    }
    text.counter("conflict_guard_conflicts_total", "Conflicts, by kind, rule and outcome.");
    sums.forEach(
        (key, sum) -> {
          String[] parts = key.split("\n", 2);
          text.sample((double) sum[0], "kind", parts[0], "rule", parts[1], "outcome", "answered");
          text.sample((double) sum[1], "kind", parts[0], "rule", parts[1], "outcome", "observed");
        });
  }

  private void preconditions(List<RuleCounts> rules) {
    text.counter(
        "conflict_guard_preconditions_total",
        "Preconditions that failed or were missing, by rule.");
    for (RuleCounts rule : rules) {
      text.sample(
          (double) rule.getFailedPreconditions(), "rule", rule.getRule(), "result", "failed");
      text.sample(
          (double) rule.getMissingPreconditions(), "rule", rule.getRule(), "result", "missing");
    }
  }

  private void rule(
      List<RuleCounts> rules, String name, String help, ToLongFunction<RuleCounts> count) {
    text.counter("conflict_guard_" + name + "_total", help);
    for (RuleCounts rule : rules) {
      text.sample((double) count.applyAsLong(rule), "rule", rule.getRule());
    }
  }
}
