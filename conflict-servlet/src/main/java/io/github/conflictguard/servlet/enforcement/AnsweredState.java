package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.response.BodyElsewhere;
import io.github.conflictguard.servlet.response.DecodedBody;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.RecalledBody;
import io.github.conflictguard.servlet.tag.Taggable;
import io.github.conflictguard.servlet.tag.Validators;
import io.github.conflictguard.servlet.tag.VariantTag;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The state that the application's answer to a read stands for: by its head alone where that
 * decides, else by its body. One thread at a time.
 */
final class AnsweredState {

  private final Exchange exchange;
  private final @Nullable SelectedRepresentation known;
  private final BodyTagSource bodies;
  private final CurrentStates states;
  private final Disclosure disclosure;
  private final RecalledBody recalled;

  /** Read once, so that what is decided and what is answered agree; null before. */
  private @Nullable SelectedRepresentation unsatisfiable;

  /**
   * Begins.
   *
   * @param known the state from before the answer; null when only the answer tells
   * @param recalled what the body may turn out to be
   */
  AnsweredState(
      Exchange exchange,
      @Nullable SelectedRepresentation known,
      BodyTagSource bodies,
      CurrentStates states,
      Disclosure disclosure,
      RecalledBody recalled) {
    this.exchange = exchange;
    this.known = known;
    this.bodies = bodies;
    this.states = states;
    this.disclosure = disclosure;
    this.recalled = recalled;
  }

  /**
   * Whether preconditions are held against the answer. 13.2.1: an answer that is no success without
   * them wins. A tag that breaks the grammar is left to the application, and so is everything where
   * the application judges itself and shows no tag.
   */
  boolean isJudged() {
    HttpServletResponse response = exchange.response;
    boolean tagged = response.containsHeader("ETag");
    return response.getStatus() / 100 == 2
        && !(exchange.policy.leavesJudgement() && !tagged)
        && !(tagged && known == null && Validators.isTagUnreadable(response));
  }

  /** Whether the entity tag of the answer is, or will be, one of the filter. */
  boolean isTagOurs() {
    return isOfSource() || (known == null && !exchange.response.containsHeader("ETag"));
  }

  /** Whether the answer has, or may get, a tag or a page's tokens. */
  boolean isTagged() {
    return known != null || exchange.response.containsHeader("ETag") || isTaggable();
  }

  /**
   * Whether the state is known without the answer, and its tag is that of the answer: whether that
   * may be stored makes no difference to it.
   */
  private boolean isOfSource() {
    HttpServletResponse response = exchange.response;
    return known != null
        && known.tag() != null
        && !keepsValidators()
        && (Taggable.isRepresentation(response)
            || (response.containsHeader("ETag") && response.getStatus() / 100 == 2));
  }

  /** The state, as far as it does not depend on the body; null where it does. */
  @Nullable SelectedRepresentation ofHead() {
    HttpServletResponse response = exchange.response;
    if (known != null && isOfSource()) {
      return weighed(states.dated(variantOf(known), response));
    }
    boolean ofBody =
        known == null
            && isTaggable()
            && !response.containsHeader("ETag")
            && !exchange.policy.leavesJudgement();
    return ofBody ? null : ofApplication();
  }

  /**
   * The state of what a part was asked for that is not there (416): preconditions come before Range
   * (14.2).
   */
  SelectedRepresentation ofUnsatisfiable() {
    SelectedRepresentation state = unsatisfiable;
    if (state == null) {
      state = readUnsatisfiable();
      unsatisfiable = state;
    }
    return state;
  }

  private SelectedRepresentation readUnsatisfiable() {
    if (known != null && known.tag() != null && !exchange.policy.isOfForm()) {
      return weighed(states.dated(known, exchange.response));
    }
    return exchange.response.containsHeader("ETag") || exchange.policy.leavesJudgement()
        ? ofApplication()
        : states.current(exchange, true).representation();
  }

  /** The state without a tag of the body: of an answer that is let go before its end. */
  SelectedRepresentation withoutBody() {
    SelectedRepresentation head = ofHead();
    return head == null ? ofApplication() : head;
  }

  /** The state that the whole answer stands for; null where the client may not learn of it. */
  @Nullable SelectedRepresentation of(BufferedResponse answer) {
    SelectedRepresentation head = ofHead();
    if (head != null) {
      return head;
    }
    SelectedRepresentation whole = ofBody(answer);
    return whole == null ? null : weighed(whole);
  }

  private SelectedRepresentation ofApplication() {
    return weighed(Validators.ofApplication(exchange.response).representation());
  }

  private @Nullable SelectedRepresentation ofBody(BufferedResponse answer) {
    HttpServletResponse response = exchange.response;
    if (exchange.request.getMethod().equals("HEAD")
        && answer.written() == 0
        && !BodyElsewhere.isSent(exchange.request, response)) {
      // 9.3.2: HEAD carries what GET would. Up to Servlet 5 the application's HEAD has no body to
      // make a tag of. What may not be shown is left out, as 9.3.2 allows.
      return disclosure.mayShowState(exchange)
          ? encoded(
              bodies
                  .read(
                      exchange.target.key(),
                      exchange.request,
                      response,
                      null,
                      exchange.policy.taggable())
                  .representation())
          : null;
    }
    if (response.getStatus() == HttpServletResponse.SC_PARTIAL_CONTENT) {
      return encoded(
          bodies
              .ofPart(
                  exchange.target.key(),
                  exchange.request,
                  response,
                  answer.encodedBody(),
                  exchange.policy.taggable())
              .representation());
    }
    String encoding = response.getHeader("Content-Encoding");
    if (encoding != null && !DecodedBody.isKnown(encoding)) {
      exchange.doctor.encoded(encoding, exchange.request);
    }
    return encoded(bodies.of(response, answer, recalled).representation());
  }

  private SelectedRepresentation encoded(SelectedRepresentation body) {
    EntityTag tag = body.tag();
    return tag == null || !isTagOurs()
        ? body
        : body.withTag(VariantTag.ofBody(tag, exchange.response));
  }

  private SelectedRepresentation variantOf(SelectedRepresentation state) {
    EntityTag tag = state.tag();
    return tag == null
        ? state
        : SelectedRepresentation.present(
            VariantTag.of(tag, exchange.response), state.lastModified());
  }

  private SelectedRepresentation weighed(SelectedRepresentation state) {
    return states.weighed(exchange, state);
  }

  /**
   * Whether the validators are those of the application: the state of a form is not that of a file
   * beside it.
   */
  private boolean keepsValidators() {
    HttpServletResponse response = exchange.response;
    return exchange.page != null
        && exchange.policy.isOfForm()
        && !exchange.page.isOne()
        && (response.containsHeader("ETag") || response.containsHeader("Last-Modified"));
  }

  /** Whether such an answer is worth a tag, or may be a page with forms. */
  boolean isTaggable() {
    return exchange.policy.taggable().test(exchange.response);
  }
}
