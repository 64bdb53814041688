package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules in their order: the first one that fits a request applies to it. Immutable and safe for
 * use by several threads.
 */
public final class Rules {

  private final List<Rule> rules;
  private final RuleIndex index;
  private final Map<String, DataSourceSpec> dataSources;
  private final ConflictRules conflicts;
  private final List<String> guarded;

  Rules(
      List<Rule> rules,
      Map<String, DataSourceSpec> dataSources,
      ConflictRules conflicts,
      List<String> guarded) {
    this.rules = Collections.unmodifiableList(new ArrayList<>(rules));
    this.index = new RuleIndex(this.rules);
    this.dataSources = dataSources;
    this.conflicts = conflicts;
    this.guarded = Collections.unmodifiableList(guarded);
  }

  /** No rules: every request is aimed at its path. */
  public static Rules none() {
    return new Rules(
        Collections.emptyList(), Collections.emptyMap(), ConflictRules.NONE, new ArrayList<>());
  }

  /** The rules in the order of their file. Unmodifiable. */
  public List<Rule> all() {
    return rules;
  }

  /**
   * The paths at which an internal GET may read, by the names of their rules; with {@code x} in the
   * place of variables.
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

  /** The data sources that the file describes, by name. Unmodifiable. */
  public Map<String, DataSourceSpec> dataSources() {
    return dataSources;
  }

  /** What the file says of conflicts wherever they happen. */
  public ConflictRules conflicts() {
    return conflicts;
  }

  /** The methods to be guarded beside those that are annotated, as patterns. Unmodifiable. */
  public List<String> guarded() {
    return guarded;
  }

  /**
   * The rule of which a form may be a write, judged without its fields; null when there is none.
   */
  public @Nullable Rule ruleOfForm(RequestFacts facts) {
    for (int place : index.candidates(facts.method(), facts.path())) {
      Rule rule = rules.get(place);
      if (rule.forms() != null && rule.mayBeWrite(facts)) {
        return rule;
      }
    }
    return null;
  }

  /**
   * Finds out what a request is aimed at. Preconditions never concern OPTIONS, TRACE and CONNECT
   * (RFC 9110, 13.2.1), and neither do rules.
   *
   * @throws IOException if a rule needs the form in the body and the client does not send it
   */
  public Target targetOf(RequestFacts facts) throws IOException {
    if (PreconditionEvaluator.isEvaluated(facts.method())) {
      for (int place : index.candidates(facts.method(), facts.path())) {
        Target target = rules.get(place).match(facts);
        if (target != null) {
          return target;
        }
      }
    }
    boolean write = !PreconditionEvaluator.isRead(facts.method());
    return new Target(null, facts.path(), write, Collections.emptyMap(), facts);
  }
}
