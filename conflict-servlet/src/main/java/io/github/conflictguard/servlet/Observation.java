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

  /** Returns whether a submitted field is one of the buttons of its form. */
  boolean isButton(@Nullable CarriedToken carried, String field);

  /** Lets the application answer, and counts what mode {@code protect} would have refused. */
  void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException;

  /** Notes a write of a rule in mode {@code protect}. */
  void written(Target target);

  /** Makes the observation of one filter. */
  interface Factory {

    /** Returns an observation that shares what is known of current states. */
    Observation create(States states, WriteJudgement judgement);
  }
}
