package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.IdempotencySettings;
import io.github.conflictguard.servlet.rule.Rules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds of problems, with the statuses that the settings give them. Immutable. */
final class ProblemKinds {

  private final Map<String, List<ProblemType>> types = new LinkedHashMap<>();
  private final Problems problems;
  private final @Nullable String base;
  private final boolean formatted;
  private final IdempotencySettings idempotency;

  ProblemKinds(FilterSettings settings, Rules rules) {
    for (ProblemType type : ProblemType.values()) {
      types.computeIfAbsent(type.kind(), kind -> new ArrayList<>()).add(type);
    }
    this.problems = settings.problems(rules.conflicts());
    this.base = settings.portal().problemBase();
    this.formatted = settings.problemBody() != null;
    this.idempotency = settings.idempotency();
  }

  /** Returns all kinds. Unmodifiable. */
  Set<String> all() {
    return Collections.unmodifiableSet(types.keySet());
  }

  /** Returns the types of a kind, of which there are two if header and application may find it. */
  List<ProblemType> typesOf(String kind) {
    return Collections.unmodifiableList(types.getOrDefault(kind, Collections.emptyList()));
  }

  /** Returns the status of responses of a type. */
  int statusOf(ProblemType type) {
    return problems.statusOf(type);
  }

  /** Returns the statuses of a kind, ascending and without repetition. */
  List<Integer> statusesOf(String kind) {
    SortedMap<Integer, ProblemType> statuses = new TreeMap<>();
    typesOf(kind).forEach(type -> statuses.put(statusOf(type), type));
    return new ArrayList<>(statuses.keySet());
  }

  /** Returns the types by the statuses of their responses. */
  SortedMap<Integer, List<ProblemType>> byStatus() {
    SortedMap<Integer, List<ProblemType>> byStatus = new TreeMap<>();
    for (ProblemType type : ProblemType.values()) {
      byStatus.computeIfAbsent(statusOf(type), status -> new ArrayList<>()).add(type);
    }
    return byStatus;
  }

  /** Returns the beginning of the URIs of types; null for tag URIs. */
  @Nullable String base() {
    return base;
  }

  /** Returns the header of idempotency keys and how long they are remembered. */
  IdempotencySettings idempotency() {
    return idempotency;
  }

  /** Returns whether the application has a format of its own for the bodies of problems. */
  boolean areFormattedByApplication() {
    return formatted;
  }
}
