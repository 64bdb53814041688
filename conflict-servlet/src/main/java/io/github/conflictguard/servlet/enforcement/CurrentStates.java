package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import io.github.conflictguard.servlet.tag.AskedPage;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.CurrentState;
import io.github.conflictguard.servlet.tag.ModificationDates;
import io.github.conflictguard.servlet.tag.OwnTag;
import io.github.conflictguard.servlet.tag.Validators;
import io.github.conflictguard.servlet.tag.VariantTag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The current state of what a request is aimed at, from wherever its policy has it. Safe for use by
 * several threads.
 */
public final class CurrentStates {

  private final BodyTagSource bodies;
  private final ModificationDates dates = new ModificationDates();

  CurrentStates(BodyTagSource bodies) {
    this.bodies = bodies;
  }

  /**
   * Finds it out at this moment. The application is asked only where that is needed or allowed.
   *
   * @param shown whether a refusal may tell more than that a precondition did not hold
   */
  CurrentState current(Exchange exchange, boolean shown) {
    CurrentState current = unweighed(exchange, shown);
    return current.with(weighed(exchange, current.representation()));
  }

  private CurrentState unweighed(Exchange exchange, boolean shown) {
    SelectedRepresentation known = exchange.policy.state(exchange.target);
    if (known == null) {
      return ask(exchange);
    }
    if (!exchange.policy.mayAsk() || known.isUnreadable()) {
      return CurrentState.known(dated(exchange, known));
    }
    boolean ofApplication = isTagOfApplicationMeant(exchange);
    if (!shown && !ofApplication && isRefuted(exchange, known)) {
      // Nothing that the application can answer makes the preconditions hold.
      return CurrentState.known(known);
    }
    if (!exchange.isReadTargetPlain()) {
      return CurrentState.unreadable();
    }
    CurrentState asked = ask(exchange);
    if (asked.refusal() != null) {
      // 13.2.1: what the application refuses to show wins, and what is not there has no tag.
      return asked;
    }
    if (ofApplication && asked.tagOfApplication() != null) {
      return asked;
    }
    // Without an answer it is still not known whether there is anything.
    return CurrentState.known(
        asked.representation().isUnreadable()
            ? dated(exchange, known)
            : dated(existing(known), asked.representation().lastModified()));
  }

  /** Under the tag of forms, what is no page keeps the validators of the application. */
  private static boolean isTagOfApplicationMeant(Exchange exchange) {
    EntityTagSet match = exchange.conditions.ifMatch();
    EntityTagSet noneMatch = exchange.conditions.ifNoneMatch();
    return exchange.policy.isOfForm()
        && (match != null || noneMatch != null)
        && (match == null || !OwnTag.isIn(match))
        && (noneMatch == null || !OwnTag.isIn(noneMatch));
  }

  /** Adds the date that the application has shown with a state whose source has none. */
  private SelectedRepresentation dated(Exchange exchange, SelectedRepresentation known) {
    return known.lastModified() != null || known.isAbsent() || known.isUnreadable()
        ? known
        : dates.dated(nameOf(exchange), known);
  }

  private static SelectedRepresentation dated(
      SelectedRepresentation known, @Nullable Instant ofApplication) {
    return known.lastModified() != null || known.isAbsent()
        ? known
        : known.withLastModified(ofApplication);
  }

  /** The state that an answer to a read shows, with the date of the answer where it has none. */
  SelectedRepresentation dated(SelectedRepresentation known, HttpServletResponse response) {
    return dated(known, Validators.dateOf(response));
  }

  /** Marks a date that does not tell two writes of one second apart (8.8.2.2). */
  SelectedRepresentation weighed(Exchange exchange, SelectedRepresentation state) {
    return state.lastModified() == null
        ? state
        : dates.weighed(nameOf(exchange), state, exchange.policy.isOfRule());
  }

  /** Whether a date does not tell the last two writes apart (8.8.2.2). */
  boolean isWeak(Exchange exchange, @Nullable Instant date) {
    return date != null && dates.isWeak(nameOf(exchange), date, exchange.policy.isOfRule());
  }

  /**
   * Notes the date in the application's answer to a read.
   *
   * @param known the state from before the answer; null where only the answer tells it
   */
  public void noteShown(Exchange exchange, @Nullable SelectedRepresentation known) {
    HttpServletResponse response = exchange.response;
    if (exchange.policy.isOfRule()
        && exchange.target.isKeyKnown()
        && response.getStatus() == HttpServletResponse.SC_OK) {
      Instant ofSource = known == null ? null : known.lastModified();
      dates.shown(
          nameOf(exchange),
          known == null ? null : known.tag(),
          ofSource == null ? Validators.dateOf(response) : ofSource);
    }
  }

  /**
   * Notes a write that ends now.
   *
   * @param duration how long it took, in nanoseconds
   */
  public void noteWritten(Exchange exchange, long duration) {
    dates.written(nameOf(exchange), duration);
  }

  /** Without a rule, the query tells resources at one path apart. */
  private static ResourceKey nameOf(Exchange exchange) {
    ResourceKey key = exchange.target.key();
    String resource =
        exchange.policy.isOfRule()
            ? ""
            : SelectingHeaders.resourceIn(exchange.request.getQueryString());
    return resource.isEmpty() ? key : ResourceKey.of(key.toString() + '?' + resource);
  }

  /** Asks for the page that shows what a form is about. */
  AskedPage page(Exchange exchange) {
    if (!exchange.isReadTargetPlain()) {
      return AskedPage.unreadable();
    }
    return bodies.page(exchange.request, exchange.response, exchange.readTarget());
  }

  /** Asks the application again, by the headers that another representation was selected by. */
  CurrentState selected(Exchange exchange, SelectingHeaders headers) {
    String elsewhere = exchange.readTarget();
    CurrentState selected =
        bodies.read(
            exchange.target.key(),
            headers.in(exchange.request),
            exchange.response,
            elsewhere == null ? null : headers.at(elsewhere),
            exchange.policy.taggable());
    return selected.with(weighed(exchange, selected.representation()));
  }

  /** Asks the application, whatever the source of the tag. */
  CurrentState ask(Exchange exchange) {
    if (!exchange.isReadTargetPlain()) {
      return CurrentState.unreadable();
    }
    return bodies.read(
        exchange.target.key(),
        exchange.request,
        exchange.response,
        exchange.readTarget(),
        exchange.policy.taggable());
  }

  /** Whether the preconditions fail, be there something or not. */
  private static boolean isRefuted(Exchange exchange, SelectedRepresentation known) {
    return fails(exchange, existing(known)) && fails(exchange, SelectedRepresentation.absent());
  }

  private static boolean fails(Exchange exchange, SelectedRepresentation state) {
    return PreconditionEvaluator.evaluate(
                exchange.target.method(),
                exchange.conditions,
                VariantTag.asSent(state, exchange.conditions),
                false)
            .outcome()
        == Outcome.FAILED;
  }

  private static SelectedRepresentation existing(SelectedRepresentation known) {
    return known.isAbsent()
        ? known
        : SelectedRepresentation.present(known.tag(), known.lastModified());
  }

  /**
   * Asks the application for a checksum of what it shows.
   *
   * @param characters whether the body that it is compared with was written as characters
   * @return null when it is not known
   */
  public @Nullable Long checksum(Exchange exchange, boolean characters) {
    return exchange.isReadTargetPlain()
        ? bodies.checksum(exchange.request, exchange.response, exchange.readTarget(), characters)
        : null;
  }
}
