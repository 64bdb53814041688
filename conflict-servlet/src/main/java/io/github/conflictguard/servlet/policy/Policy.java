package io.github.conflictguard.servlet.policy;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.monitor.RuleCounters;
import io.github.conflictguard.servlet.rule.AnswerRules;
import io.github.conflictguard.servlet.rule.FormSpec;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.StoredAnswers;
import io.github.conflictguard.servlet.rule.TagSpec;
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

  public final Mode mode;
  public final int lockTimeoutMillis;
  public final @Nullable Boolean required;
  public final AnswerRules answers;
  public final RuleCounters tally;
  private final @Nullable Rule rule;
  private final @Nullable StateSource states;
  private volatile boolean servesAnonymously;
  private final AtomicBoolean saidThatItIsTooLate = new AtomicBoolean();

  /**
   * Makes a policy.
   *
   * @param rule null for the requests that no rule speaks of
   * @param states null where only the application knows the state
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
    this.required = rule == null ? null : rule.required();
    this.answers = rule == null ? AnswerRules.none() : rule.answers();
    this.rule = rule;
    this.states = states;
  }

  /** Whether a rule speaks of the request. */
  public boolean isOfRule() {
    return rule != null;
  }

  /** The name of the rule; null when none speaks of the request. */
  public @Nullable String ruleName() {
    return rule == null ? null : rule.name();
  }

  /** Says once how a conflict can be answered that was found when the response had been sent. */
  public void sayThatItIsTooLate(String path) {
    if (saidThatItIsTooLate.compareAndSet(false, true)) {
      LOG.warning(
          "A conflict could not be answered, because the application had sent its response: "
              + (rule == null ? "no rule" : "rule '" + rule.name() + "'")
              + ", path "
              + path.replaceAll("[^!-~]", "?")
              + ". A larger bufferLimit helps if the response is long, and guarding the method"
              + " that catches the exception if the application flushes. Not said again.");
    }
  }

  /** Whether the state is known without the application. */
  public boolean knowsStates() {
    return states != null;
  }

  /** Whether the application may be asked even where the state is known without it. */
  public boolean mayAsk() {
    return rule != null && rule.mayAsk();
  }

  /** Returns whether the rule has its state, or a part of it, from an internal GET. */
  public boolean readsByInternalGet() {
    return rule != null && (rule.mayAsk() || rule.tag().source() == TagSpec.Source.BODY);
  }

  /** Returns whether writes have their resource for themselves, whatever they carry. */
  public boolean isSerialized() {
    return rule != null && rule.isSerialized();
  }

  /** Whether 304 is answered without the application where the state is known. */
  public boolean answersEarly() {
    return rule != null && rule.answersEarly();
  }

  /** Whether preconditions are the application's business. */
  public boolean leavesJudgement() {
    return rule != null && JUDGED_BY_APPLICATION.contains(rule.tag().source());
  }

  /** Whether forms are held against the state of what they are about. */
  public boolean judgesForms() {
    return !leavesJudgement();
  }

  /**
   * Whether a write without a precondition can overwrite a change: not where there is nothing yet,
   * nor where the application compares its own version.
   *
   * @param versionSent whether the write names that version
   */
  public boolean canLoseUpdates(boolean versionSent) {
    return !isWithoutState() && !versionSent;
  }

  /** Whether the state is that of a form, and not of everything else at its addresses. */
  public boolean isOfForm() {
    return rule != null && rule.tag().source() == TagSpec.Source.FORM;
  }

  /** Returns what happens to a form that is sent again. */
  public FormSpec.Resubmit resubmit() {
    FormSpec spec = rule == null ? null : rule.forms();
    return spec == null ? FormSpec.Resubmit.ALLOW : spec.resubmit();
  }

  /** Whether the application is not to see the token of a form. */
  public boolean stripsToken() {
    FormSpec spec = rule == null ? null : rule.forms();
    return spec != null && spec.isStripped();
  }

  /** Whether a write without precondition needs the token of a form or link in the request. */
  public boolean isTokenRequired() {
    return rule != null && rule.isTokenRequired();
  }

  /** Whether there is nothing that a write could overwrite. */
  public boolean isWithoutState() {
    return rule != null && rule.tag().source() == TagSpec.Source.NONE;
  }

  /** The field in which forms have the application's own version; null where they have none. */
  public @Nullable String versionField() {
    return rule == null ? null : rule.tag().field();
  }

  /** The state, where it is known without the application; null where it is not. */
  public @Nullable SelectedRepresentation state(RuleMatch target) {
    if (states == null) {
      return null;
    }
    return target.isKeyKnown() ? states.read(target) : SelectedRepresentation.unreadable();
  }

  /** Returns whether it matters that a resource was written. */
  public boolean countsWrites() {
    return rule != null && (states != null || rule.forms() != null);
  }

  /** Returns whether an answer of this status, and to there, means that nothing was stored. */
  public boolean storesNothing(int status, @Nullable String target) {
    return rule == null
        ? StoredAnswers.usual().storeNothing(status, target)
        : rule.stored().storeNothing(status, target);
  }

  /** Returns whether the rule names this answer as one after which something is stored. */
  public boolean isNamedAsStored(int status, @Nullable String target) {
    return rule != null && rule.stored().isNamedAsStored(status, target);
  }

  /** Returns whether pages of this rule were shown to a client without session and user. */
  public boolean servesAnonymously() {
    return servesAnonymously;
  }

  /** Notes that a page of this rule was shown to a client without session and user. */
  public void servedAnonymously() {
    servesAnonymously = true;
  }

  /** Called after a write that was not certainly refused. */
  public void written(RuleMatch target) {
    if (states != null && target.isKeyKnown()) {
      states.written(target);
    }
  }

  /** Which answers to reads get an entity tag. */
  public Predicate<HttpServletResponse> taggable() {
    return isOfRule() ? Taggable::isTaggableByRule : Taggable::isTaggable;
  }
}
