package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Handles requests of rules in mode {@code observe}. Thread-safe. */
public interface Observation {

  /**
   * Returns the page and form of a request, as its token would have identified them.
   *
   * @return null when no rule applies to its forms
   */
  @Nullable ObservedPage begin(RequestView facts, RuleMatch target, Policy policy)
      throws IOException;

  /**
   * Returns the page of a request that no rule reads, if its forms and links may lead to a resource
   * that is observed.
   *
   * @return null for every other response
   */
  @Nullable ObservedPage beginElsewhere(RequestView facts, RuleMatch target, Policy policy)
      throws IOException;

  /** Returns a chain that parses the forms and links of the response while it is written. */
  FilterChain reading(Exchange exchange, FilterChain chain);

  /** Returns whether a submitted field is one of the buttons of its form. */
  boolean isButton(@Nullable SubmittedToken carried, String field);

  /**
   * Passes the request to the application, and counts what mode {@code protect} would have refused.
   */
  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException;

  /** Continues a request that has become asynchronous. */
  void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException;

  /** Records a write of a rule in mode {@code protect}. */
  void written(RuleMatch target);

  /** Creates the observation of one filter. */
  interface Factory {

    /** Returns an observation that uses the same current states as the filter. */
    Observation create(
        CurrentStates states,
        WriteJudgement judgement,
        FilterResponses responses,
        Explainer explainer);
  }
}
