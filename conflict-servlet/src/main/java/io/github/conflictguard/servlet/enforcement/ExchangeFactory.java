package io.github.conflictguard.servlet.enforcement;

import static jakarta.servlet.DispatcherType.FORWARD;

import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.container.TomcatResponses;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.PageView;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.BufferedRequest.Unseen;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.policy.Policies;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.response.DelegatingResponse;
import io.github.conflictguard.servlet.response.ExposingResponse;
import io.github.conflictguard.servlet.response.UnwrappableResponse;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Creates the exchange of each request, by the rule that the request matches. Thread-safe. */
final class ExchangeFactory {

  private final Rules rules;
  private final Policies policies;
  private final boolean switchedOff;
  private final boolean observing;
  private final FilterSettings settings;
  private final Problems problems;
  private final Doctor doctor;
  private final Disclosure disclosure;
  private final Observation observed;
  private final @Nullable Forms forms;

  ExchangeFactory(
      Rules rules,
      Policies policies,
      FilterSettings settings,
      Doctor doctor,
      Disclosure disclosure,
      Observation observed) {
    this.rules = rules;
    this.policies = policies;
    this.switchedOff = policies.areSwitchingOff();
    this.observing = policies.isObserving();
    this.settings = settings;
    this.problems = settings.problems(rules.conflicts());
    this.doctor = doctor;
    this.disclosure = disclosure;
    this.observed = observed;
    this.forms = policies.forms();
  }

  /** Determines the target of a request and creates its exchange. */
  Exchange create(HttpServletRequest request, HttpServletResponse response) throws IOException {
    RequestView facts = new RequestView(request, settings.formLimits());
    RuleMatch off =
        switchedOff ? rules.switchedOff(facts, rule -> policies.of(rule).mode == Mode.OFF) : null;
    if (off == null
        && policies.of(null).mode != Mode.OFF
        && settings.requiresPrecondition("DELETE", RequestPath.of(request))) {
      facts.readMethodInForm();
    }
    RuleMatch target = off == null ? rules.targetOf(facts) : off;
    Policy policy = policies.of(target.rule());
    boolean passedBy = target.rule() == null && request.getDispatcherType() == FORWARD;
    if (!passedBy) {
      policy.tally.requests.increment();
      doctor.seen();
      doctor.look(request);
      if (facts.unseen() == Unseen.READ_IN_FRONT) {
        doctor.formReadInFront(request);
      } else if (facts.unseen() == Unseen.TOO_LONG && target.rule() == null) {
        doctor.formTooLong(request);
      }
      doctor.served(policies::unused);
    }
    HttpServletResponse exposing = exposing(response, request, policy, settings);
    // Before the exchange is created: this may read the form.
    boolean versionSent = policy.mode != Mode.OFF && hasVersion(facts, target, policy);
    Builder exchange =
        policy.mode == Mode.OBSERVE
            ? observed(facts, target, policy)
            : forms == null || passedBy || policy.mode != Mode.PROTECT || !isOfForms(forms, target)
                ? plain(certain(target), policy)
                : withForms(forms, facts, exposing, target, policy);
    if (observing && policy.mode == Mode.PROTECT && !passedBy) {
      exchange.observed(observed.beginElsewhere(facts, target, policy));
    }
    // The last step: the steps before may read the form of the request, and replace it.
    if (KeyedWrites.isBodyCompared(exchange.target, policy, settings.idempotency(), request)) {
      facts.digestBody();
    }
    return exchange.version(versionSent, facts.isFormHidden()).build(facts.request(), exposing);
  }

  /**
   * Returns the response that is used in place of that of the container, with the headers that
   * scripts of other origins may read.
   */
  static HttpServletResponse exposing(
      HttpServletResponse response,
      HttpServletRequest request,
      Policy policy,
      FilterSettings settings) {
    if (!settings.exposeHeaders()
        || policy.mode != Mode.PROTECT
        || request.getHeader("Origin") == null
        // An asynchronous pass may receive the response of the first one again.
        || response instanceof DelegatingResponse
        || response instanceof UnwrappableResponse) {
      return response;
    }
    HttpServletResponse exposing = new ExposingResponse(response);
    return TomcatResponses.leadsToOne(response)
        ? exposing
        : new UnwrappableResponse(exposing, response);
  }

  /** Returns whether a form contains the application's own version. An empty one does not count. */
  private static boolean hasVersion(RequestView facts, RuleMatch target, Policy policy)
      throws IOException {
    String field = policy.versionField();
    return field != null
        && (target.isWrite() || target.savesNothing())
        && (isFilled(facts.query(field)) || isFilled(facts.field(field)));
  }

  private static boolean isFilled(@Nullable String value) {
    return value != null && !value.trim().isEmpty();
  }

  private static boolean isOfForms(Forms forms, RuleMatch target) {
    return Forms.areCarriedBy(target) || forms.areCarriedElsewhere(target);
  }

  private Builder withForms(
      Forms known,
      RequestView facts,
      HttpServletResponse response,
      RuleMatch asMatched,
      Policy policy)
      throws IOException {
    boolean sends = asMatched.isWrite() || asMatched.savesNothing();
    SubmittedToken carried = sends ? known.carried(facts, asMatched) : null;
    if (carried != null && known.isJudgedByFiles(carried, asMatched)) {
      facts.readParts();
    }
    String button = asMatched.buttonThatSavesNothing();
    RuleMatch target =
        button == null || known.isButton(carried, button) ? asMatched : asMatched.asWrite();
    PageView origin = known.begin(target, policy.state(target), carried);
    AnsweredPage page = new AnsweredPage(origin, known.rewriter(facts.request(), origin), response);
    Builder exchange =
        plain(target, policy)
            .page(known, page)
            .carried(carried, disclosure.mayShowValues(facts.request(), target, known, carried));
    facts
        .request()
        .setAttribute(SubmittedToken.ATTRIBUTE, known.placeable(facts.request(), origin));
    return exchange;
  }

  /**
   * Returns a target that is a write, for a request that may be one that saves nothing but whose
   * page is unknown.
   */
  private static RuleMatch certain(RuleMatch target) {
    return target.buttonThatSavesNothing() == null ? target : target.asWrite();
  }

  private Builder plain(RuleMatch target, Policy policy) {
    return new Builder(target, policy, settings, problems, doctor);
  }

  private Builder observed(RequestView facts, RuleMatch asMatched, Policy policy)
      throws IOException {
    RuleMatch target = certain(asMatched);
    ObservedPage found = observed.begin(facts, target, policy);
    SubmittedToken carried = found == null || found.sent() == null ? null : found.sent().carried();
    String button = asMatched.buttonThatSavesNothing();
    if (button != null && observed.isButton(carried, button)) {
      return plain(asMatched, policy);
    }
    return plain(target, policy).observed(found).carried(carried, false);
  }

  /** Builds the exchange of the first pass. Not thread-safe. */
  static final class Builder {

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

    Builder(
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
    Builder page(Forms ofApplication, AnsweredPage answered) {
      forms = ofApplication;
      page = answered;
      return this;
    }

    /** Sets the token that the write carries, and whether values of its form may be shown. */
    Builder carried(@Nullable SubmittedToken token, boolean showsValues) {
      carried = token;
      mayShowValues = showsValues;
      return this;
    }

    /** Sets the page and form in mode {@code observe}. */
    Builder observed(@Nullable ObservedPage found) {
      observed = found;
      return this;
    }

    /**
     * Sets whether the application's own version was sent, and whether it may be among fields that
     * could not be read.
     */
    Builder version(boolean sent, boolean hidden) {
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
}
