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

/** The current states of target resources, from the source that the policy names. Thread-safe. */
public final class CurrentStates {

  private final BodyTagSource bodies;
  private final ModificationDates dates = new ModificationDates();

  CurrentStates(BodyTagSource bodies) {
    this.bodies = bodies;
  }

  /**
   * Determines the current state. Makes an internal GET only where that is necessary and allowed.
   *
   * @param shown whether a refusal may disclose more than that a precondition did not hold
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
      // The preconditions fail whatever the application responds.
      return CurrentState.known(known);
    }
    if (!exchange.isReadTargetPlain()) {
      return CurrentState.unreadable();
    }
    CurrentState asked = ask(exchange);
    if (asked.refusal() != null) {
      // RFC 9110, 13.2.1: a refusal by the application takes precedence, and a resource that does
      // not exist has no tag.
      return asked;
    }
    if (ofApplication && asked.tagOfApplication() != null) {
      return asked;
    }
    // Without a response it remains unknown whether the resource exists.
    return CurrentState.known(
        asked.representation().isUnreadable()
            ? dated(exchange, known)
            : dated(existing(known), asked.representation().lastModified()));
  }

  /**
   * Returns whether the preconditions refer to a tag of the application. Where the tag is derived
   * from forms, responses other than pages keep the validators of the application.
   */
  private static boolean isTagOfApplicationMeant(Exchange exchange) {
    EntityTagSet match = exchange.conditions.ifMatch();
    EntityTagSet noneMatch = exchange.conditions.ifNoneMatch();
    return exchange.policy.isOfForm()
        && (match != null || noneMatch != null)
        && (match == null || !OwnTag.isIn(match))
        && (noneMatch == null || !OwnTag.isIn(noneMatch));
  }

  /** Adds the date of the application's response to a state whose source has none. */
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

  /** Returns the state of a read, with the date of the response if the state has none. */
  SelectedRepresentation dated(SelectedRepresentation known, HttpServletResponse response) {
    return dated(known, Validators.dateOf(response));
  }

  /**
   * Marks a date as weak if it does not distinguish two writes within one second (RFC 9110,
   * 8.8.2.2).
   */
  SelectedRepresentation weighed(Exchange exchange, SelectedRepresentation state) {
    return state.lastModified() == null
        ? state
        : dates.weighed(nameOf(exchange), state, exchange.policy.isOfRule());
  }

  /** Returns whether a date does not distinguish the last two writes (RFC 9110, 8.8.2.2). */
  boolean isWeak(Exchange exchange, @Nullable Instant date) {
    return date != null && dates.isWeak(nameOf(exchange), date, exchange.policy.isOfRule());
  }

  /**
   * Records the date in the application's response to a read.
   *
   * @param known the state from before the response; null where only the response determines it
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
   * Records a write that ends now.
   *
   * @param duration its duration in nanoseconds
   */
  public void noteWritten(Exchange exchange, long duration) {
    dates.written(nameOf(exchange), duration);
  }

  /**
   * Returns the key of the resource. Without a rule, the query distinguishes resources at one path.
   */
  private static ResourceKey nameOf(Exchange exchange) {
    ResourceKey key = exchange.target.key();
    String resource =
        exchange.policy.isOfRule()
            ? ""
            : SelectingHeaders.resourceIn(exchange.request.getQueryString());
    return resource.isEmpty() ? key : ResourceKey.of(key.toString() + '?' + resource);
  }

  /** Makes an internal GET for the page that contains the form. */
  AskedPage page(Exchange exchange) {
    if (!exchange.isReadTargetPlain()) {
      return AskedPage.unreadable();
    }
    return bodies.page(exchange.request, exchange.response, exchange.readTarget());
  }

  /** Makes another internal GET with the headers that selected another representation. */
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

  /** Makes an internal GET, whatever the source of the tag is. */
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

  /** Returns whether the preconditions fail, whether or not the resource exists. */
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
   * Returns a checksum of the application's response to an internal GET.
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
