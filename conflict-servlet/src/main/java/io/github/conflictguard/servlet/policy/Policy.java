package io.github.conflictguard.servlet.policy;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.monitor.RuleCounters;
import io.github.conflictguard.servlet.rule.AnswerRules;
import io.github.conflictguard.servlet.rule.FormSpec;
import io.github.conflictguard.servlet.rule.KeyDemand;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Requirement;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.StoredAnswers;
import io.github.conflictguard.servlet.rule.TagSpec;
import io.github.conflictguard.servlet.rule.WithoutStore;
import io.github.conflictguard.servlet.tag.StateSource;
import io.github.conflictguard.servlet.tag.Taggable;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A rule together with the settings of the filter. Safe for use by several threads. */
public final class Policy {

  private static final Set<TagSpec.Source> JUDGED_BY_APPLICATION =
      EnumSet.of(TagSpec.Source.APPLICATION, TagSpec.Source.NATIVE, TagSpec.Source.NONE);

  private static final Logger LOG = FilterNames.log();

  /** The mode for the requests to which this policy applies. */
  public final Mode mode;

  /** The maximum time for which a write waits for a lock, in milliseconds. */
  public final int lockTimeoutMillis;

  /** Whether writes require a precondition. */
  public final Requirement required;

  /** The patterns of responses that indicate a conflict; none without a rule. */
  public final AnswerRules answers;

  /** The counters of the rule. */
  public final RuleCounters tally;

  private final @Nullable Rule rule;
  private final @Nullable StateSource states;
  private volatile boolean servesAnonymously;
  private final AtomicBoolean saidThatItIsTooLate = new AtomicBoolean();

  /**
   * Creates a policy.
   *
   * @param rule null for the requests to which no rule applies
   * @param states null if the state is known to the application only
   */
  Policy(
      RuleCounters tally,
      Mode mode,
      int lockTimeoutMillis,
      @Nullable Rule rule,
      @Nullable StateSource states) {
    this.tally = tally;
    this.mode = mode;
    this.lockTimeoutMillis = lockTimeoutMillis;
    this.required = rule == null ? Requirement.BY_SETTING : rule.required();
    this.answers = rule == null ? AnswerRules.none() : rule.answers();
    this.rule = rule;
    this.states = states;
  }

  /** Returns the same policy in another mode, in which its counters continue. */
  Policy inMode(Mode other) {
    Policy changed = new Policy(tally, other, lockTimeoutMillis, rule, states);
    changed.servesAnonymously = servesAnonymously;
    tally.setMode(other);
    return changed;
  }

  /** Returns whether a rule applies to the request. */
  public boolean isOfRule() {
    return rule != null;
  }

  /** Returns the name of the rule; null when none applies to the request. */
  public @Nullable String ruleName() {
    return rule == null ? null : rule.name();
  }

  /** Logs once how to report a conflict that was detected after the response had been sent. */
  public void sayThatItIsTooLate(String path) {
    if (saidThatItIsTooLate.compareAndSet(false, true)) {
      LOG.warning(
          "A conflict could not be answered, because the application had sent its response: "
              + (rule == null ? "no rule" : "rule '" + rule.name() + "'")
              + ", path "
              + path.replaceAll("[^!-~]", "?")
              + ". A larger bufferLimit helps if the response is long, and guarding the method"
              + " that catches the exception if the application flushes. Not logged again.");
    }
  }

  /** Returns whether the state is available without the application. */
  public boolean knowsStates() {
    return states != null;
  }

  /**
   * Returns whether an internal GET may be sent to the application even if the state is available
   * without it.
   */
  public boolean mayAsk() {
    return rule != null && rule.mayAsk();
  }

  /** Returns whether the rule obtains its state, or a part of it, from an internal GET. */
  public boolean readsByInternalGet() {
    return rule != null && (rule.mayAsk() || rule.tag().source() == TagSpec.Source.BODY);
  }

  /** Returns whether writes hold their resource exclusively, whatever headers they carry. */
  public boolean isSerialized() {
    return rule != null && rule.isSerialized();
  }

  /**
   * Returns whether a write may or must carry an idempotency key; null when keys have no effect.
   */
  public @Nullable KeyDemand idempotencyKey() {
    return rule == null ? null : rule.idempotencyKey();
  }

  /** Returns whether a write is executed once if its response could not be delivered. */
  public boolean executesOnce() {
    return rule != null && rule.isExecutedOnce();
  }

  /** Returns whether 304 is sent without calling the application if the state is known. */
  public boolean answersEarly() {
    return rule != null && rule.answersEarly();
  }

  /** Returns whether preconditions are evaluated by the application. */
  public boolean leavesJudgement() {
    return rule != null && JUDGED_BY_APPLICATION.contains(rule.tag().source());
  }

  /** Returns whether forms are compared with the current state of their record. */
  public boolean judgesForms() {
    return !leavesJudgement();
  }

  /**
   * Returns whether a write without a precondition can overwrite a change: not if there is no
   * record yet, nor if the application compares its own version.
   *
   * @param versionSent whether the write contains that version
   */
  public boolean canLoseUpdates(boolean versionSent) {
    return !isWithoutState() && !versionSent;
  }

  /**
   * Returns whether the state is that of a form only, not of other requests for the same addresses.
   */
  public boolean isOfForm() {
    return rule != null && rule.tag().source() == TagSpec.Source.FORM;
  }

  /**
   * Returns whether the freshness of forms is determined by the time of the last write, and not by
   * a state of the application.
   */
  public boolean isByTime() {
    TagSpec.Source source = rule == null ? null : rule.tag().source();
    return source != TagSpec.Source.QUERY && source != TagSpec.Source.RESOLVER;
  }

  /** Returns whether writes are refused while the store of the nodes cannot be used. */
  public boolean refusesWithoutStore() {
    return rule == null || rule.withoutStore() == WithoutStore.REFUSE;
  }

  /** Returns what happens to a form that is submitted again. */
  public FormSpec.Resubmit resubmit() {
    FormSpec spec = rule == null ? null : rule.forms();
    return spec == null ? FormSpec.Resubmit.ALLOW : spec.resubmit();
  }

  /** Returns whether the token of a form is hidden from the application. */
  public boolean stripsToken() {
    FormSpec spec = rule == null ? null : rule.forms();
    return spec != null && spec.isStripped();
  }

  /**
   * Returns whether a write without precondition needs the token of a form or link in the request.
   */
  public boolean isTokenRequired() {
    return rule != null && rule.isTokenRequired();
  }

  /** Returns whether there is no state that a write could overwrite. */
  public boolean isWithoutState() {
    return rule != null && rule.tag().source() == TagSpec.Source.NONE;
  }

  /**
   * Returns the field in which forms contain the application's own version; null where they have
   * none.
   */
  public @Nullable String versionField() {
    return rule == null ? null : rule.tag().field();
  }

  /** Returns the state, if it is available without the application; null otherwise. */
  public @Nullable SelectedRepresentation state(RuleMatch target) {
    if (states == null) {
      return null;
    }
    return target.isKeyKnown() ? states.read(target) : SelectedRepresentation.unreadable();
  }

  /** Returns whether writes to a resource have to be recorded. */
  public boolean countsWrites() {
    return rule != null && (states != null || rule.forms() != null);
  }

  /**
   * Returns whether a response with this status and redirect target means that nothing was stored.
   */
  public boolean storesNothing(int status, @Nullable String target) {
    return rule == null
        ? StoredAnswers.usual().storeNothing(status, target)
        : rule.stored().storeNothing(status, target);
  }

  /** Returns whether the rule specifies this response as one after which data is stored. */
  public boolean isNamedAsStored(int status, @Nullable String target) {
    return rule != null && rule.stored().isNamedAsStored(status, target);
  }

  /** Returns whether the rule specifies this response as one after which nothing is stored. */
  public boolean isNamedAsFailed(int status, @Nullable String target) {
    return rule != null && rule.stored().isNamedAsFailed(status, target);
  }

  /** Returns whether pages of this rule were served to a client without session and user. */
  public boolean servesAnonymously() {
    return servesAnonymously;
  }

  /** Records that a page of this rule was served to a client without session and user. */
  public void servedAnonymously() {
    servesAnonymously = true;
  }

  /** Called after a write that was not certainly refused. */
  public void written(RuleMatch target) {
    if (states != null && target.isKeyKnown()) {
      states.written(target);
    }
  }

  /** Returns which responses to reads get an entity tag. */
  public Predicate<HttpServletResponse> taggable() {
    return isOfRule() ? Taggable::isTaggableByRule : Taggable::isTaggable;
  }
}
