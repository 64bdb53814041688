package io.github.conflictguard.servlet.policy;

import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.fence.SharedCounters;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.monitor.RuleCounters;
import io.github.conflictguard.servlet.monitor.RuleCounts;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.tag.StateSources;
import io.github.conflictguard.servlet.tag.StoreSource;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The policy of every rule, and that of the requests to which no rule applies. Safe for use by
 * several threads.
 */
public final class Policies {

  private static final String NO_RULE = "-";

  private final Map<Rule, Policy> ofRules = new ConcurrentHashMap<>();
  private final List<RuleCounters> tallies = new ArrayList<>();
  private final @Nullable SharedCounters shared;
  private final @Nullable Forms forms;

  /** Whether modes may be changed later. */
  private final boolean isChangeable;

  private volatile Policy otherwise;

  /**
   * Creates the policies.
   *
   * @throws IllegalArgumentException if a rule refers to something that does not exist
   */
  public Policies(Rules rules, FilterSettings settings, ServletContext context) {
    StateSources sources;
    try {
      sources = new StateSources(rules, context, settings.counters());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field 'store': " + e.getMessage(), e);
    }
    this.shared = sources.shared();
    for (Rule rule : rules.all()) {
      Mode own = rule.mode();
      Mode mode = own == null ? settings.mode() : own;
      Integer timeout = rule.lockTimeoutMillis();
      try {
        ofRules.put(
            rule,
            new Policy(
                tally(rule.name(), mode),
                mode,
                timeout == null ? settings.lockTimeoutMillis() : timeout,
                rule,
                sources.of(rule)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "rule '" + rule.name() + "', field 'tag': " + e.getMessage(), e);
      }
    }
    this.forms =
        rules.all().stream().anyMatch(rule -> rule.forms() != null)
            ? new Forms(
                rules, sources.counters(), settings.formSecrets(), StoreSource.reader(shared))
            : null;
    this.isChangeable = settings.monitor().areWritesAllowed();
    this.otherwise =
        new Policy(
            tally(NO_RULE, settings.mode()),
            settings.mode(),
            settings.lockTimeoutMillis(),
            null,
            null);
  }

  /** Returns the policy of a rule; null stands for no rule. */
  public Policy of(@Nullable Rule rule) {
    Policy policy = rule == null ? null : ofRules.get(rule);
    return policy == null ? otherwise : policy;
  }

  /** Returns the current mode of a rule. */
  public Mode modeOf(Rule rule) {
    return of(rule).mode;
  }

  /** Returns the counters that all nodes share; null if the rules define no store. */
  public @Nullable SharedCounters shared() {
    return shared;
  }

  /** Returns the forms of the application; null when no rule protects any. */
  public @Nullable Forms forms() {
    return forms;
  }

  /** Returns whether any request is only observed, or may be later. */
  public boolean isObserving() {
    return isChangeable
        || otherwise.mode == Mode.OBSERVE
        || ofRules.values().stream().anyMatch(policy -> policy.mode == Mode.OBSERVE);
  }

  /** Returns whether a rule switches the filter off for its requests. */
  public boolean areSwitchingOff() {
    return ofRules.values().stream().anyMatch(policy -> policy.mode == Mode.OFF);
  }

  /**
   * Sets the mode of a rule, for requests from now on. A request keeps the policy with which it
   * began.
   *
   * @param name the name of a rule; {@code -} for the requests to which no rule applies
   * @param mode {@code observe} or {@code protect}
   * @return false if there is no such rule, or its mode is {@code off}
   */
  public synchronized boolean setMode(String name, Mode mode) {
    if (name.equals(NO_RULE)) {
      boolean changes = otherwise.mode != Mode.OFF;
      otherwise = changes ? otherwise.inMode(mode) : otherwise;
      return changes;
    }
    for (Map.Entry<Rule, Policy> entry : ofRules.entrySet()) {
      if (entry.getKey().name().equals(name) && entry.getValue().mode != Mode.OFF) {
        entry.setValue(entry.getValue().inMode(mode));
        return true;
      }
    }
    return false;
  }

  /** Returns the counts so far, in the order of the rules. */
  public List<RuleCounts> counts() {
    List<RuleCounts> counts = new ArrayList<>();
    tallies.forEach(tally -> counts.add(tally.counts()));
    return counts;
  }

  /** Returns the counters, in the order of the rules. */
  public List<RuleCounters> counters() {
    return Collections.unmodifiableList(tallies);
  }

  /** Returns the names of the rules that no request has matched so far. */
  public List<String> unused() {
    List<String> unused = new ArrayList<>();
    ofRules.forEach(
        (rule, policy) -> {
          if (policy.tally.requests.sum() == 0) {
            unused.add(rule.name());
          }
        });
    Collections.sort(unused);
    return unused;
  }

  /**
   * Returns the reason why no request is guarded; null when some are.
   *
   * @param enabled whether the filter is enabled
   */
  public @Nullable String whyNothingIsGuarded(boolean enabled) {
    if (!enabled) {
      return "the filter is switched off (enabled = false, or by JMX)";
    }
    boolean observed = otherwise.mode == Mode.OBSERVE;
    boolean guarded = otherwise.mode == Mode.PROTECT;
    for (Policy policy : ofRules.values()) {
      observed |= policy.mode == Mode.OBSERVE;
      guarded |= policy.mode == Mode.PROTECT;
    }
    if (guarded) {
      return null;
    }
    return observed
        ? "mode observe counts what would be refused, and refuses nothing"
        : "mode off lets every request pass";
  }

  private RuleCounters tally(String rule, Mode mode) {
    RuleCounters tally = new RuleCounters(rule, mode);
    tallies.add(tally);
    return tally;
  }
}
