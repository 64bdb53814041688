package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.form.CarriedToken;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.rule.RequestFacts;
import io.github.conflictguard.servlet.rule.Target;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Handles requests of rules in mode {@code observe}. Safe for use by several threads. */
interface Observation {

  /**
   * Returns what the form of a request would have carried.
   *
   * @return null when no rule applies to its forms
   */
  @Nullable ObservedPage begin(RequestFacts facts, Target target, Policy policy) throws IOException;

  /**
   * Begins with a page that no rule reads and whose forms and links may lead to where one is
   * observed.
   *
   * @return null for every other response
   */
  @Nullable ObservedPage beginElsewhere(RequestFacts facts, Target target, Policy policy)
      throws IOException;

  /** Returns a chain that reads the forms and links of the response while it is written. */
  FilterChain reading(Exchange exchange, FilterChain chain);

  /** Returns whether a submitted field is one of the buttons of its form. */
  boolean isButton(@Nullable CarriedToken carried, String field);

  /** Lets the application answer, and counts what mode {@code protect} would have refused. */
  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException;

  /** Goes on with a request that has become asynchronous. */
  void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException;

  /** Notes a write of a rule in mode {@code protect}. */
  void written(Target target);

  /** Makes the observation of one filter. */
  interface Factory {

    /** Returns an observation that shares what is known of current states. */
    Observation create(States states, WriteJudgement judgement);
  }
}
