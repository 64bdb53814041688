package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import io.github.conflictguard.servlet.tag.CurrentState;
import io.github.conflictguard.servlet.tag.GivenTags;
import io.github.conflictguard.servlet.tag.OwnTag;
import io.github.conflictguard.servlet.tag.VariantTag;
import io.github.conflictguard.servlet.tag.WeakOwnTags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the preconditions of writes against the current state, or leaves them to the
 * application. Thread-safe.
 */
public final class WriteJudgement {

  private final CurrentStates states;
  private final GivenTags given;
  private final WeakOwnTags weak;
  private final ApplicationPreconditions ofApplication;

  WriteJudgement(
      CurrentStates states,
      GivenTags given,
      WeakOwnTags weak,
      ApplicationPreconditions ofApplication) {
    this.states = states;
    this.given = given;
    this.weak = weak;
    this.ofApplication = ofApplication;
  }

  /**
   * Returns whether a write with a malformed precondition may be left to the application, whose own
   * preconditions need not follow the grammar.
   */
  public static boolean mayBeOfApplication(Exchange exchange, PreconditionDecision admitted) {
    return admitted.outcome() == Outcome.MALFORMED
        && (exchange.policy.leavesJudgement() || !exchange.policy.isOfRule());
  }

  /**
   * Evaluates the precondition of a write, under the lock of its resource.
   *
   * @param shown whether a refusal may disclose more than that a precondition did not hold
   */
  public Verdict evaluate(Exchange exchange, boolean shown) {
    String unasked = ofApplication.reason(exchange);
    if (unasked != null) {
      ofApplication.tell(exchange, unasked);
      return Verdict.LEFT_TO_APPLICATION;
    }
    CurrentState current = states.current(exchange, shown);
    exchange.progress.internalGet(current.answer());
    String reason = ofApplication.reason(exchange, current);
    if (reason != null) {
      ofApplication.tell(exchange, reason);
      Verdict byDate = byDateAlone(current, exchange);
      return byDate == null ? Verdict.LEFT_TO_APPLICATION : byDate;
    }
    if (exchange.conditions.malformed() != null) {
      return new Verdict(
          PreconditionEvaluator.admit(exchange.target.method(), exchange.conditions, false),
          current,
          current.representation());
    }
    Verdict verdict = against(current, exchange);
    return isRefusedByTag(verdict) && !exchange.policy.knowsStates()
        ? againstOthers(exchange, verdict)
        : verdict;
  }

  /**
   * Returns the refusal of a write whose date is older than the application's (RFC 9110, 13.1.4). A
   * date has only one meaning, however the application treats its tags. Null where there is no such
   * refusal.
   */
  private static @Nullable Verdict byDateAlone(CurrentState current, Exchange exchange) {
    SelectedRepresentation state = current.representation();
    PreconditionDecision decision =
        PreconditionEvaluator.evaluate(exchange.target.method(), exchange.conditions, state, false);
    return ConditionalHeaders.IF_UNMODIFIED_SINCE.equals(decision.header())
            && state.lastModified() != null
        ? new Verdict(decision, current, state)
        : null;
  }

  private Verdict against(CurrentState current, Exchange exchange) {
    SelectedRepresentation state = current.representation();
    EntityTag tag = state.tag();
    ConditionalHeaders sent =
        tag != null && current.isTagOurs()
            ? weak.read(exchange.conditions, exchange.request, tag)
            : exchange.conditions;
    SelectedRepresentation asSent = VariantTag.asSent(state, sent);
    return new Verdict(
        PreconditionEvaluator.evaluate(
            exchange.target.method(), sent, asSent, exchange.isPreconditionRequired()),
        current,
        asSent);
  }

  private static boolean isRefusedByTag(Verdict verdict) {
    return verdict.decision.outcome() == Outcome.FAILED
        && ConditionalHeaders.IF_MATCH.equals(verdict.decision.header())
        && verdict.current != null
        && verdict.current.refusal() == null;
  }

  /**
   * Evaluates the tags against representations that the headers of the write do not select: the tag
   * of any current representation matches (RFC 9110, 13.1.1). Limited to tags that were sent for
   * other headers, and to a few internal GETs.
   */
  private Verdict againstOthers(Exchange exchange, Verdict refused) {
    EntityTagSet tags = exchange.conditions.ifMatch();
    if (tags == null) {
      return refused;
    }
    SelectingHeaders own = SelectingHeaders.of(exchange.request);
    String query = queryOfRead(exchange);
    int questions = 0;
    for (EntityTag tag : tags.tags()) {
      if (OwnTag.isOne(tag)) {
        List<SelectingHeaders> selections =
            given.selectionsOf(exchange.target.key(), query, OwnTag.stateOf(tag));
        questions += selections.size();
        if (questions > GivenTags.MOST_SELECTIONS) {
          return refused;
        }
        Verdict verdict = againstAll(selections, own, exchange);
        if (verdict != null) {
          return verdict;
        }
      }
    }
    return refused;
  }

  /**
   * Returns the verdict if the preconditions hold for the representations of all selections;
   * otherwise null.
   */
  private @Nullable Verdict againstAll(
      List<SelectingHeaders> selections, SelectingHeaders own, Exchange exchange) {
    for (SelectingHeaders selection : selections) {
      if (selection.equals(own) || !selection.mayReplace(own)) {
        return null;
      }
    }
    Verdict verdict = null;
    for (SelectingHeaders selection : selections) {
      verdict = against(states.selected(exchange, selection), exchange);
      if (verdict.decision.outcome() != Outcome.PROCEED) {
        return null;
      }
    }
    return verdict;
  }

  private static @Nullable String queryOfRead(Exchange exchange) {
    String elsewhere = exchange.readTarget();
    if (elsewhere == null) {
      return exchange.request.getQueryString();
    }
    int question = elsewhere.indexOf('?');
    return question < 0 ? null : elsewhere.substring(question + 1);
  }

  /** The result of an evaluation. Immutable. */
  public static final class Verdict {

    static final Verdict LEFT_TO_APPLICATION =
        new Verdict(PreconditionDecision.proceed(), null, SelectedRepresentation.unreadable());

    /** The result of the evaluation of the preconditions. */
    public final PreconditionDecision decision;

    /** Null where the application evaluates the precondition; the decision is to proceed then. */
    final @Nullable CurrentState current;

    /** The state, with the tag in the form that the client has received. */
    final SelectedRepresentation representation;

    Verdict(
        PreconditionDecision decision,
        @Nullable CurrentState current,
        SelectedRepresentation representation) {
      this.decision = decision;
      this.current = current;
      this.representation = representation;
    }
  }
}
