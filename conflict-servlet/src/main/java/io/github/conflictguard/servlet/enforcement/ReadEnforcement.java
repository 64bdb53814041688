package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.AsyncBufferingRequest;
import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import io.github.conflictguard.servlet.buffer.ChunkPool;
import io.github.conflictguard.servlet.enforcement.Progress.Reading;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.history.NoPages;
import io.github.conflictguard.servlet.request.HeaderFilteringRequest;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.GivenTags;
import io.github.conflictguard.servlet.tag.OwnTag;
import io.github.conflictguard.servlet.tag.RecalledBody;
import io.github.conflictguard.servlet.tag.Validators;
import io.github.conflictguard.servlet.tag.WeakOwnTags;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Processes GET and HEAD: the application responds, and its response gets an entity tag. Reads take
 * no lock. Thread-safe.
 */
final class ReadEnforcement {

  private final BodyTagSource bodies;
  private final CurrentStates states;
  private final GivenOut given;
  private final FilterResponses responses;
  private final Explainer explainer;
  private final NoPages noPages = new NoPages();
  private final Disclosure disclosure;
  private final int bufferLimit;
  private final BufferTimer timer;
  private final ChunkPool chunks;

  ReadEnforcement(
      BodyTagSource bodies,
      CurrentStates states,
      GivenOut given,
      FilterResponses responses,
      Explainer explainer,
      Disclosure disclosure,
      int bufferLimit,
      BufferTimer timer,
      ChunkPool chunks) {
    this.timer = timer;
    this.disclosure = disclosure;
    this.bodies = bodies;
    this.states = states;
    this.given = given;
    this.responses = responses;
    this.explainer = explainer;
    this.bufferLimit = bufferLimit;
    this.chunks = chunks;
  }

  EnforcementResult serve(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    // Before the application reads the data of its response: see StateSource.
    SelectedRepresentation known = exchange.policy.state(exchange.target);
    EnforcementResult early = known == null ? null : early(exchange, known);
    if (early != null) {
      return early;
    }
    serve(exchange, known, chain);
    WriteAttempt.noteRead(exchange);
    return EnforcementResult.PASSED;
  }

  /**
   * Returns a 304 in place of the application's response, where the rule allows it; otherwise null.
   * Tags with a variant suffix are excluded: only the application can select the variant.
   */
  private @Nullable EnforcementResult early(Exchange exchange, SelectedRepresentation known) {
    EntityTag tag = known.tag();
    EntityTagSet sent = exchange.conditions.ifNoneMatch();
    if (!exchange.policy.answersEarly()
        || exchange.page != null
        || tag == null
        || sent == null
        || sent.isAny()
        || PreconditionEvaluator.evaluate(
                    exchange.request.getMethod(), exchange.conditions, known, false)
                .outcome()
            != Outcome.NOT_MODIFIED
        || !disclosure.mayShowState(exchange)) {
      return null;
    }
    return EnforcementResult.notModified(given.form(tag, exchange), false);
  }

  /** Continues a read after an asynchronous dispatch. */
  void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    Reading before = exchange.progress.reading();
    if (before == null || before.isBegun()) {
      // A part of the response has been sent already, so a tag can no longer be added.
      exchange.passOn(chain);
    } else {
      serve(exchange, before.known, chain);
    }
  }

  private void serve(Exchange exchange, @Nullable SelectedRepresentation known, FilterChain chain)
      throws IOException, ServletException {
    boolean noted =
        explainer.isRecording()
            && exchange.policy.isOfRule()
            && exchange.request.getMethod().equals("GET");
    long begun = noted ? explainer.now() : 0;
    RecalledBody recalled = bodies.recall(exchange.target.key(), exchange.request.getQueryString());
    AnsweredState state = new AnsweredState(exchange, known, bodies, states, disclosure, recalled);
    TaggedAnswer tagged = new TaggedAnswer(exchange, known, state, states, given, responses);
    BufferedResponse answer =
        BufferedResponses.ofRead(
            exchange.response,
            response -> {
              if (noted) {
                noteServed(exchange, begun);
              }
              return tagged.prepare();
            },
            bufferLimit,
            tagged,
            exchange.before,
            timer,
            chunks,
            known == null ? recalled.expected() : null);
    exchange.progress.reading(new Reading(known, answer));
    AsyncBufferingRequest watched =
        new AsyncBufferingRequest(asSeenByApplication(exchange), answer);
    try {
      chain.doFilter(watched, answer.forApplication());
    } finally {
      answer.endWatch();
    }
    watched.returned();
    tagged.answerInPlace();
    disclosure.answered(exchange);
    tagged.validators().noteTagOfApplication();
    if (noted) {
      OnRequestComplete.orNow(
          exchange.request,
          () -> explainer.servedTag(exchange.request, exchange.target, begun, exchange.response));
    }
    if (exchange.page != null && exchange.page.wasNone()) {
      noPages.note(exchange.request.getRequestURI(), exchange.request.getQueryString());
    }
  }

  /** Records a response of a rule, and adds the predicted risk of a save to its headers. */
  private void noteServed(Exchange exchange, long begun) {
    int status = exchange.response.getStatus();
    if (status / 100 != 2 && status != HttpServletResponse.SC_NOT_MODIFIED) {
      return;
    }
    String risk =
        explainer.served(exchange.request, exchange.target, exchange.policy.ruleName(), begun);
    if (risk != null) {
      exchange.before.changes(Explainer.RISK);
      exchange.response.setHeader(Explainer.RISK, risk);
    }
  }

  private HttpServletRequest asSeenByApplication(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    if (isPartOnUnknownCondition(exchange)) {
      // RFC 9110, 13.1.5: an application that does not recognize the tag would send a part of
      // another representation.
      request = HeaderFilteringRequest.withoutRange(request);
    }
    if (exchange.page != null
        && !noPages.contains(exchange.request.getRequestURI(), exchange.request.getQueryString())) {
      request = HeaderFilteringRequest.withoutRange(HeaderFilteringRequest.unconditional(request));
    }
    if (isTagOfSource(exchange)) {
      request = HeaderFilteringRequest.withoutEntityTags(request);
    }
    return HeaderFilteringRequest.withoutOverruledDates(
        request,
        exchange.conditions,
        states.isWeak(exchange, exchange.conditions.ifModifiedSince()));
  }

  private boolean isPartOnUnknownCondition(Exchange exchange) {
    String ifRange = exchange.request.getHeader("If-Range");
    return ifRange != null
        && (exchange.policy.knowsStates()
            || Validators.isTagOfOurs(ifRange)
            || states.isWeak(exchange, HttpDate.parse(ifRange, Instant.now())));
  }

  /**
   * Returns whether the preconditions contain tags that the application does not recognize and
   * might refuse.
   */
  private static boolean isTagOfSource(Exchange exchange) {
    EntityTagSet sent = exchange.conditions.ifMatch();
    return (exchange.policy.knowsStates() && !exchange.policy.isOfForm())
        || (sent != null && OwnTag.isIn(sent) && !exchange.policy.leavesJudgement());
  }

  /**
   * The entity tags in responses to reads: their form, and the data that is stored for later
   * writes. Thread-safe.
   */
  static final class GivenOut {

    private final WeakOwnTags weak;
    private final GivenTags tags;
    private final ApplicationPreconditions ofApplication;

    GivenOut(WeakOwnTags weak, GivenTags tags, ApplicationPreconditions ofApplication) {
      this.weak = weak;
      this.tags = tags;
      this.ofApplication = ofApplication;
    }

    /** Returns the form of a tag of the filter in this response. */
    EntityTag form(EntityTag tag, Exchange exchange) {
      return weak.given(tag, exchange.request, exchange.response);
    }

    /** Returns the form of a tag derived from a body, and remembers its selecting headers. */
    EntityTag note(EntityTag tag, Exchange exchange) {
      tags.note(
          exchange.target.key(),
          exchange.request.getQueryString(),
          OwnTag.stateOf(tag),
          SelectingHeaders.of(exchange.request));
      return form(tag, exchange);
    }

    /** Makes the tag of a released response weak if the response has been coded after all. */
    void released(EntityTag tag, Exchange exchange) {
      weak.released(tag, exchange.response);
    }

    /** Returns the preconditions of a read for evaluation against a tag of the filter. */
    ConditionalHeaders read(Exchange exchange, EntityTag tag) {
      return weak.read(exchange.conditions, exchange.request, tag);
    }

    /** Records that the application has answered a read with a tag of its own. */
    void noteTagOfApplication(Exchange exchange) {
      int status = exchange.response.getStatus();
      if (!exchange.policy.isOfRule() && (status == 200 || status == 304)) {
        ofApplication.noteTag(exchange.target.key());
      }
    }
  }
}
