package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Requirement;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** The operations that rules guard. Safe for use by several threads. */
final class GuardedPaths {

  /** Methods that patterns match without naming them, and that few applications have. */
  private static final List<String> WEBDAV = Arrays.asList("MOVE", "PROPPATCH");

  private final FilterSettings settings;
  private final Rules rules;
  private final Function<Rule, Mode> modes;

  GuardedPaths(FilterSettings settings, Rules rules, Function<Rule, Mode> modes) {
    this.settings = settings;
    this.rules = rules;
    this.modes = modes;
  }

  /** Returns the modes of the rules in their order: what may change while the filter runs. */
  List<Mode> modes() {
    List<Mode> current = new ArrayList<>();
    rules.all().forEach(rule -> current.add(modes.apply(rule)));
    return current;
  }

  /** Returns the rules that are not switched off, in their order. */
  List<Rule> rules() {
    List<Rule> active = new ArrayList<>(rules.all());
    active.removeIf(rule -> modes.apply(rule) == Mode.OFF);
    return active;
  }

  /** Returns the operations of a rule: reads, then writes. HEAD is what GET is. */
  List<Operation> of(Rule rule) {
    List<Operation> operations = new ArrayList<>();
    rule.reads().forEach(pattern -> add(rule, pattern, false, operations));
    rule.writes().forEach(pattern -> add(rule, pattern, true, operations));
    return operations;
  }

  private void add(Rule rule, RequestPattern pattern, boolean write, List<Operation> operations) {
    for (String method : new TreeSet<>(pattern.methods())) {
      if (!method.equals("HEAD") && (pattern.areMethodsNamed() || !WEBDAV.contains(method))) {
        boolean required = write && isRequired(rule, pattern, method);
        operations.add(new Operation(rule, modes.apply(rule), pattern, method, write, required));
      }
    }
  }

  private boolean isRequired(Rule rule, RequestPattern pattern, String method) {
    return rule.required() == Requirement.BY_SETTING
        ? settings.requiresPrecondition(method, pattern.path().sample())
        : rule.required() == Requirement.ALWAYS;
  }
}
