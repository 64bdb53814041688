package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Handles requests of rules in mode {@code observe}. Safe for use by several threads. */
public interface Observation {

  /**
   * Returns what the form of a request would have carried.
   *
   * @return null when no rule applies to its forms
   */
  @Nullable ObservedPage begin(RequestView facts, RuleMatch target, Policy policy)
      throws IOException;

  /**
   * Begins with a page that no rule reads and whose forms and links may lead to where one is
   * observed.
   *
   * @return null for every other response
   */
  @Nullable ObservedPage beginElsewhere(RequestView facts, RuleMatch target, Policy policy)
      throws IOException;

  /** Returns a chain that reads the forms and links of the response while it is written. */
  FilterChain reading(Exchange exchange, FilterChain chain);

  /** Returns whether a submitted field is one of the buttons of its form. */
  boolean isButton(@Nullable SubmittedToken carried, String field);

  /** Lets the application answer, and counts what mode {@code protect} would have refused. */
  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException;

  /** Goes on with a request that has become asynchronous. */
  void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException;

  /** Notes a write of a rule in mode {@code protect}. */
  void written(RuleMatch target);

  /** Makes the observation of one filter. */
  interface Factory {

    /** Returns an observation that shares what is known of current states. */
    Observation create(CurrentStates states, WriteJudgement judgement);
  }
}
