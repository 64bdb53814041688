package io.github.conflictguard.servlet;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.TagSpec;
import io.github.conflictguard.servlet.rule.Target;
import io.github.conflictguard.servlet.tag.StateSource;
import io.github.conflictguard.servlet.tag.Taggable;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A rule together with the settings of the filter. Safe for use by several threads. */
final class Policy {

  final Mode mode;
  final int lockTimeoutMillis;
  final @Nullable Boolean required;
  final Tally tally;
  private final TagSpec.Source tagSource;
  private final @Nullable StateSource states;
  private final boolean ofRule;
  private final boolean asks;

  Policy(
      Tally tally,
      Mode mode,
      int lockTimeoutMillis,
      @Nullable Boolean required,
      TagSpec.Source tagSource,
      @Nullable StateSource states,
      boolean ofRule,
      boolean asks) {
    this.tally = tally;
    this.mode = mode;
    this.lockTimeoutMillis = lockTimeoutMillis;
    this.required = required;
    this.tagSource = tagSource;
    this.states = states;
    this.ofRule = ofRule;
    this.asks = asks;
  }

  /** Whether a rule speaks of the request. */
  boolean isOfRule() {
    return ofRule;
  }

  /** Whether the state is known without the application. */
  boolean knowsStates() {
    return states != null;
  }

  /** Whether the application may be asked even where the state is known without it. */
  boolean mayAsk() {
    return asks;
  }

  /** Whether preconditions are the application's business. */
  boolean leavesJudgement() {
    return tagSource == TagSpec.Source.APPLICATION;
  }

  /** The state, where it is known without the application; null where it is not. */
  @Nullable SelectedRepresentation state(Target target) {
    if (states == null) {
      return null;
    }
    return target.isKeyKnown() ? states.read(target) : SelectedRepresentation.unreadable();
  }

  /** Called after a write that was not certainly refused. */
  void written(Target target) {
    if (states != null && target.isKeyKnown()) {
      states.written(target);
    }
  }

  /** Which answers to reads get an entity tag. */
  Predicate<HttpServletResponse> taggable() {
    return ofRule ? Taggable::isTaggableByRule : Taggable::isTaggable;
  }
}
