package io.github.conflictguard.servlet.advice;

import io.github.conflictguard.servlet.advice.Advice.Weight;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import io.github.conflictguard.servlet.journal.ConflictPattern;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives advice from what was recorded. Advice that was followed disappears, because what it is
 * based on no longer occurs, or the rule is no longer as it was. A pure function.
 */
public final class Advisor {

  private static final int MOST_EXAMPLES = 2;
  private static final int MOST_ADVICE = 50;
  private static final int FEWEST = 5;

  private final String contextPath;
  private final List<RuleEvidence> rules;
  private final List<ConflictPattern> patterns;
  private final List<JournalEntry> entries;
  private final List<Advice> advice = new ArrayList<>();

  private Advisor(
      String contextPath,
      List<RuleEvidence> rules,
      List<ConflictPattern> patterns,
      List<JournalEntry> entries) {
    this.contextPath = contextPath;
    this.rules = rules;
    this.patterns = patterns;
    this.entries = entries;
  }

  /**
   * Returns advice, the most important first: by lost updates, by wasted time, by count.
   *
   * @param contextPath the beginning of the paths of all entries
   * @param entries the newest first
   */
  public static List<Advice> of(
      String contextPath,
      List<RuleEvidence> rules,
      List<ConflictPattern> patterns,
      List<SetupFinding> findings,
      List<JournalEntry> entries) {
    Advisor advisor = new Advisor(contextPath, rules, patterns, entries);
    advisor.protect();
    advisor.addRules();
    advisor.patterns();
    advisor.allowInternalGet();
    advisor.lockWaits();
    advisor.ofFindings(findings);
    advisor.advice.sort(
        Comparator.comparingLong(Advice::lost)
            .thenComparingLong(Advice::wastedMillis)
            .thenComparingLong(Advice::count)
            .reversed()
            .thenComparing(Advice::id));
    List<Advice> all = advisor.advice;
    return Collections.unmodifiableList(
        all.size() <= MOST_ADVICE ? all : new ArrayList<>(all.subList(0, MOST_ADVICE)));
  }

  private void protect() {
    for (RuleEvidence rule : rules) {
      if (rule.observed && !rule.rule.equals("-") && rule.lost + rule.refusals > 0) {
        advice.add(
            new Advice(
                AdviceKind.PROTECT,
                rule.rule,
                "\"mode\": \"protect\"",
                new Weight(rule.lost, 0, rule.refusals),
                examples(entry -> rule.rule.equals(entry.rule())),
                rule.requests,
                rule.refusals,
                rule.lost));
      }
    }
  }

  private void addRules() {
    Map<String, List<JournalEntry>> lost = new LinkedHashMap<>();
    for (JournalEntry entry : entries) {
      if (entry.outcome() == Outcome.LOST && entry.rule() == null) {
        lost.computeIfAbsent(
                RuleProposal.shapeOf(contextPath, entry.path()), any -> new ArrayList<>())
            .add(entry);
      }
    }
    lost.forEach(
        (shape, all) -> {
          long count = all.size();
          List<JournalEntry> examples = all.subList(0, Math.min(MOST_EXAMPLES, all.size()));
          advice.add(
              new Advice(
                  AdviceKind.ADD_RULE,
                  shape,
                  RuleProposal.linesFor(shape),
                  new Weight(count, 0, count),
                  Collections.unmodifiableList(new ArrayList<>(examples)),
                  count));
        });
  }

  private void patterns() {
    for (ConflictPattern pattern : patterns) {
      String subject =
          pattern.rule() == null
              ? RuleProposal.shapeOf(contextPath, pattern.first().path())
              : pattern.rule();
      boolean read = pattern.method().equals("GET") || pattern.method().equals("HEAD");
      Weight weight = new Weight(0, pattern.wastedMillis(), pattern.count());
      if (read && pattern.latest().status() == 409) {
        add(AdviceKind.CONFLICT_ON_READ, subject, null, weight, pattern, pattern.count());
      }
      if (pattern.count() >= FEWEST && pattern.self() * 3 >= pattern.count()) {
        add(AdviceKind.TWO_TABS, subject, null, weight, pattern, pattern.self(), pattern.count());
      }
      if (pattern.comparable() >= FEWEST && pattern.disjoint() * 2 > pattern.comparable()) {
        add(
            AdviceKind.MERGE,
            subject,
            null,
            weight,
            pattern,
            pattern.disjoint(),
            pattern.comparable());
      }
      swallowed(pattern, subject, weight);
    }
  }

  /** A rule in mode protect refuses what it detects, unless the response was sent by then. */
  private void swallowed(ConflictPattern pattern, String subject, Weight weight) {
    String found = pattern.latest().found();
    if (pattern.outcome() != Outcome.OBSERVED
        || pattern.rule() == null
        || !(found.equals("recorder") || found.equals("attribute"))) {
      return;
    }
    RuleEvidence rule = ruleNamed(pattern.rule());
    boolean observed = rule != null && rule.observed;
    String suspects = "\"suspectResponses\": [\"200\", \"4xx\"]";
    add(
        observed ? AdviceKind.SWALLOWED_OBSERVED : AdviceKind.SWALLOWED,
        subject,
        observed ? "\"mode\": \"protect\", " + suspects : suspects,
        weight,
        pattern,
        pattern.count());
  }

  private @Nullable RuleEvidence ruleNamed(String name) {
    for (RuleEvidence rule : rules) {
      if (rule.rule.equals(name)) {
        return rule;
      }
    }
    return null;
  }

  /**
   * Without the current state, clients are not told what to repeat their change on. Only a refusal
   * that was sent would have contained it.
   */
  private void allowInternalGet() {
    for (RuleEvidence rule : rules) {
      Predicate<JournalEntry> stale =
          entry ->
              !rule.internalGet
                  && rule.rule.equals(entry.rule())
                  && entry.outcome() == Outcome.REFUSED
                  && entry.kind().equals("stale-version");
      Predicate<JournalEntry> unread = stale.and(e -> e.collision().currentTag() == null);
      long conflicts = entries.stream().filter(stale).count();
      long unknown = entries.stream().filter(unread).count();
      if (unknown >= FEWEST) {
        advice.add(
            new Advice(
                AdviceKind.ALLOW_INTERNAL_GET,
                rule.rule,
                "\"allowInternalGet\": true",
                new Weight(0, 0, unknown),
                examples(unread),
                unknown,
                conflicts));
      }
    }
  }

  private void lockWaits() {
    Map<String, long[]> waits = new LinkedHashMap<>();
    for (JournalEntry entry : entries) {
      if (entry.outcome() == Outcome.WAITED) {
        long[] wait = waits.computeIfAbsent(entry.place(), any -> new long[2]);
        wait[0]++;
        wait[1] = Math.max(wait[1], entry.collision().lockWait());
      }
    }
    waits.forEach(
        (place, wait) ->
            advice.add(
                new Advice(
                    AdviceKind.LOCK_WAITS,
                    place,
                    null,
                    new Weight(0, 0, wait[0]),
                    examples(e -> e.outcome() == Outcome.WAITED && e.place().equals(place)),
                    wait[0],
                    wait[1])));
  }

  private void ofFindings(List<SetupFinding> findings) {
    for (SetupFinding finding : findings) {
      if (finding.getCode().equals("changing-field")) {
        advice.add(
            new Advice(
                AdviceKind.IGNORE_FIELD,
                finding.getFound(),
                null,
                new Weight(0, 0, 1),
                Collections.emptyList(),
                finding.getCure()));
      }
    }
  }

  private void add(
      AdviceKind kind,
      String subject,
      @Nullable String lines,
      Weight weight,
      ConflictPattern pattern,
      Object... numbers) {
    for (Advice known : advice) {
      if (known.kind() == kind && known.subject().equals(subject)) {
        return;
      }
    }
    advice.add(new Advice(kind, subject, lines, weight, examples(pattern::contains), numbers));
  }

  private List<JournalEntry> examples(Predicate<JournalEntry> wanted) {
    List<JournalEntry> examples = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (examples.size() < MOST_EXAMPLES && wanted.test(entry)) {
        examples.add(entry);
      }
    }
    return Collections.unmodifiableList(examples);
  }
}
