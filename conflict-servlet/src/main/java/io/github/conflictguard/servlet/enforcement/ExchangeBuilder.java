package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Builds the exchange of the first pass. Not thread-safe. */
final class ExchangeBuilder {

  final RuleMatch target;
  final Policy policy;
  final FilterSettings settings;
  final Problems problems;
  final Doctor doctor;
  @Nullable Forms forms;
  @Nullable AnsweredPage page;
  @Nullable SubmittedToken carried;
  boolean mayShowValues;
  boolean versionSent;
  boolean isFormHidden;
  @Nullable ObservedPage observed;

  ExchangeBuilder(
      RuleMatch target,
      Policy policy,
      FilterSettings settings,
      Problems problems,
      Doctor doctor) {
    this.target = target;
    this.policy = policy;
    this.settings = settings;
    this.problems = problems;
    this.doctor = doctor;
  }

  /** Sets the page in the response, whose forms are processed. */
  ExchangeBuilder page(Forms ofApplication, AnsweredPage answered) {
    forms = ofApplication;
    page = answered;
    return this;
  }

  /** Sets the token that the write carries, and whether values of its form may be shown. */
  ExchangeBuilder carried(@Nullable SubmittedToken token, boolean showsValues) {
    carried = token;
    mayShowValues = showsValues;
    return this;
  }

  /** Sets the page and form in mode {@code observe}. */
  ExchangeBuilder observed(@Nullable ObservedPage found) {
    observed = found;
    return this;
  }

  /**
   * Sets whether the application's own version was sent, and whether it may be among fields that
   * could not be read.
   */
  ExchangeBuilder version(boolean sent, boolean hidden) {
    versionSent = sent;
    isFormHidden = hidden;
    return this;
  }

  /**
   * Builds the exchange.
   *
   * @param containers the response that the filter has received
   */
  Exchange build(HttpServletRequest request, HttpServletResponse containers) {
    return new Exchange(this, request, page == null ? containers : page.response());
  }
}
