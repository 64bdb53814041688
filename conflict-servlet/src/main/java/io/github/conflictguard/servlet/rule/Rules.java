package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.match.RequestView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules in order: the first one that matches a request applies to it. Immutable and safe for
 * use by several threads.
 */
public final class Rules {

  private final List<Rule> rules;
  private final RuleIndex index;
  private final Map<String, DataSourceSpec> dataSources;
  private final @Nullable StoreSpec store;
  private final ConflictRules conflicts;
  private final List<String> guarded;
  private final List<String> overrides;

  Rules(
      List<Rule> rules,
      Map<String, DataSourceSpec> dataSources,
      @Nullable StoreSpec store,
      ConflictRules conflicts,
      List<String> guarded,
      List<String> overrides) {
    this.rules = Collections.unmodifiableList(new ArrayList<>(rules));
    this.index = new RuleIndex(this.rules);
    this.dataSources = dataSources;
    this.store = store;
    this.conflicts = conflicts;
    this.guarded = Collections.unmodifiableList(guarded);
    this.overrides = Collections.unmodifiableList(overrides);
  }

  /** Returns an empty list of rules: the target of every request is its path. */
  public static Rules none() {
    return new Rules(
        Collections.emptyList(),
        Collections.emptyMap(),
        null,
        ConflictRules.NONE,
        Collections.emptyList(),
        Collections.emptyList());
  }

  /** Returns the rules in the order of their file. Unmodifiable. */
  public List<Rule> all() {
    return rules;
  }

  /**
   * Returns the paths that an internal GET may read, by the names of their rules; with {@code x} in
   * the place of variables.
   */
  public Map<String, String> readsByInternalGet() {
    Map<String, String> paths = new LinkedHashMap<>();
    for (Rule rule : rules) {
      String path = rule.pathOfInternalGet();
      if (path != null) {
        paths.put(rule.name(), path);
      }
    }
    return paths;
  }

  /** Returns the data sources that the file defines, by name. Unmodifiable. */
  public Map<String, DataSourceSpec> dataSources() {
    return dataSources;
  }

  /** Returns the store that the nodes share; null if the file defines none. */
  public @Nullable StoreSpec store() {
    return store;
  }

  /** Returns the settings of the file about conflicts in general. */
  public ConflictRules conflicts() {
    return conflicts;
  }

  /** Returns the methods to be guarded in addition to annotated ones, as patterns. Unmodifiable. */
  public List<String> guarded() {
    return guarded;
  }

  /** Returns the names of the rules that specify responses which may hide a conflict. */
  public List<String> namingSwallowing() {
    return rules.stream()
        .filter(rule -> rule.answers().nameSwallowing())
        .map(Rule::name)
        .collect(Collectors.toList());
  }

  /** Returns the overrides of the policies of guarded methods, as patterns. Unmodifiable. */
  public List<String> overrides() {
    return overrides;
  }

  /** Returns whether any rule applies to requests that a preceding filter has forwarded. */
  public boolean areForForwards() {
    return rules.stream().anyMatch(Rule::isForForwards);
  }

  /**
   * Returns the rule whose write a form may be, determined without its fields; null when there is
   * none.
   */
  public @Nullable Rule ruleOfForm(RequestView facts) {
    for (int place : index.candidates(facts.method(), facts.path())) {
      Rule rule = rules.get(place);
      if (rule.forms() != null && rule.mayBeWrite(facts)) {
        return rule;
      }
    }
    return null;
  }

  /**
   * Returns the rule that switches the filter off for a request. The body of the request is not
   * read: where it decides which of several rules applies, all of them have to be switched off.
   *
   * @param off whether a rule switches the filter off
   * @return null where another rule may apply, or none
   */
  public @Nullable RuleMatch switchedOff(RequestView facts, Predicate<Rule> off) {
    Rule first = null;
    for (String method : facts.methods()) {
      for (int place : index.candidates(method, facts.path())) {
        Rule rule = rules.get(place);
        if (rule.mayMatch(facts, method)) {
          if (!off.test(rule)) {
            return null;
          }
          first = first == null ? rule : first;
        }
      }
    }
    if (first == null || mayBeOverridden(facts)) {
      return null;
    }
    return new RuleMatch(first, facts.path(), facts.method(), false, Collections.emptyMap(), facts);
  }

  /**
   * Determines the target of a request. Preconditions never apply to OPTIONS, TRACE and CONNECT
   * (RFC 9110, 13.2.1), and neither do rules. Of a request that the application may handle by more
   * than one method ({@link RequestView#methods()}), the first method that makes it a write counts.
   *
   * @throws IOException if a rule needs the form in the body and the client does not send it
   */
  public RuleMatch targetOf(RequestView facts) throws IOException {
    String method = facts.method();
    if (PreconditionEvaluator.isEvaluated(method)) {
      if (mayBeOverridden(facts)) {
        facts.readMethodInForm();
      }
      RuleMatch target = null;
      for (String other : facts.methods()) {
        target = firstOf(facts, other);
        if (target != null && target.isWrite()) {
          return target;
        }
      }
      // The method that was sent comes last.
      if (target != null) {
        return target;
      }
    }
    boolean write = !PreconditionEvaluator.isRead(method);
    return new RuleMatch(null, facts.path(), method, write, Collections.emptyMap(), facts);
  }

  /**
   * Returns the writes, by any rule, that a form of a page may send after a script has filled in
   * the parameters that patterns require in addition to the resource: a button that is a link, the
   * name of an action.
   *
   * @throws IOException never for a form whose fields are available
   */
  public List<RuleMatch> possibleWrites(RequestView facts) throws IOException {
    List<RuleMatch> targets = new ArrayList<>();
    for (int place : index.candidates(facts.method(), facts.path())) {
      Rule rule = rules.get(place);
      RuleMatch target = rule.forms() == null ? null : rule.possibleWrite(facts);
      if (target != null) {
        targets.add(target);
      }
    }
    return targets;
  }

  private @Nullable RuleMatch firstOf(RequestView facts, String method) throws IOException {
    for (int place : index.candidates(method, facts.path())) {
      RuleMatch target = rules.get(place).match(facts, method);
      if (target != null) {
        return target;
      }
    }
    return null;
  }

  /** Returns whether a POST with an overridden method would be a write of another rule. */
  private boolean mayBeOverridden(RequestView facts) {
    if (facts.method().equals("POST")) {
      for (String method : index.methods()) {
        if (!method.equals("POST")) {
          for (int place : index.candidates(method, facts.path())) {
            if (rules.get(place).writesOtherwiseBy(method)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
