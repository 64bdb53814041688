package io.github.conflictguard.servlet;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.PreconditionDecision.Outcome;
import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.exchange.BodyElsewhere;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.DecodedBody;
import io.github.conflictguard.servlet.exchange.WholeAnswer;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.RecalledBody;
import io.github.conflictguard.servlet.tag.VariantTag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The application's answer to a read, which becomes a tagged 200, a 304, or a 412. */
final class TaggedAnswer implements WholeAnswer {

  private final Exchange exchange;
  private final @Nullable SelectedRepresentation known;
  private final BodyTagSource bodies;
  private final Disclosure disclosure;
  private final RecalledBody recalled;
  private final GivenOut given;
  private boolean marked;

  /** The tag that the answer has got from its body; null when it has none of ours. */
  private @Nullable EntityTag ofBody;

  /**
   * Begins.
   *
   * @param known the state from before the answer; null when only the answer tells
   * @param recalled what the body may turn out to be
   */
  TaggedAnswer(
      Exchange exchange,
      @Nullable SelectedRepresentation known,
      BodyTagSource bodies,
      Disclosure disclosure,
      RecalledBody recalled,
      GivenOut given) {
    this.exchange = exchange;
    this.known = known;
    this.bodies = bodies;
    this.disclosure = disclosure;
    this.recalled = recalled;
    this.given = given;
  }

  /**
   * Whether the answer has to wait for its end. It need not where the state is known and nothing
   * but the answer is wanted: then it has its tag by now.
   */
  boolean isWorthHolding() {
    if (!isTaggable()) {
      return false;
    }
    if (known == null || exchange.page != null) {
      return true;
    }
    SelectedRepresentation current = variantOf(known);
    EntityTag tag = current.tag();
    if (tag == null) {
      return false;
    }
    boolean answered = decision(current).outcome() != Outcome.PROCEED;
    if (!answered) {
      mark(current, tag);
    }
    return answered;
  }

  @Override
  public void finish(BufferedResponse answer) throws IOException {
    SelectedRepresentation current = representation(answer);
    EntityTag tag = current.tag();
    if (tag == null) {
      answer.release();
      if (exchange.page != null) {
        exchange.page.end();
      }
      return;
    }
    if (exchange.page != null && exchange.page.isOne()) {
      // Each time the page is shown its forms get tokens of their own: no validator, never 304.
      answer.release();
      exchange.page.end();
      return;
    }
    PreconditionDecision decision = decision(current);
    switch (decision.outcome()) {
      case NOT_MODIFIED:
        answer.discard();
        Answers.notModified(exchange.response, mark(current, tag));
        break;
      case FAILED:
        answer.discard();
        exchange.policy.tally.failed.increment();
        exchange.answerDecided(
            exchange.problems.precondition(
                exchange.request, exchange.conditions, decision, current),
            Found.PRECONDITION);
        break;
      default:
        boolean plain = !exchange.response.containsHeader("Content-Encoding");
        EntityTag form = mark(current, tag);
        answer.release();
        if (plain && marked) {
          given.released(form, exchange);
        }
    }
  }

  @Override
  public boolean isOfHead() {
    return exchange.request.getMethod().equals("HEAD");
  }

  /** A state that is known needs no body: what is too long to be held gets its tag all the same. */
  @Override
  public void beforeEarlyRelease(BufferedResponse answer) {
    if (keepsValidators()) {
      return;
    }
    if (known != null) {
      SelectedRepresentation current = variantOf(known);
      EntityTag tag = current.tag();
      if (tag != null && isTaggable()) {
        mark(current, tag);
      }
    } else if (!exchange.policy.leavesJudgement() && !exchange.response.containsHeader("ETag")) {
      exchange.doctor.streamed(exchange.policy.ruleName(), exchange.request);
    }
  }

  /** The tag was made of less than what the client gets now. */
  @Override
  public void goesOn(BufferedResponse answer) {
    EntityTag given = ofBody;
    HttpServletResponse response = exchange.response;
    if (given != null && given.toString().equals(response.getHeader("ETag"))) {
      response.setHeader("ETag", null);
      if (response.containsHeader("ETag")) {
        // Containers before Servlet 6.1 remove no header. This one equals no other.
        response.setHeader("ETag", EntityTag.strong(UUID.randomUUID().toString()).toString());
      }
    }
    ofBody = null;
  }

  /** Called when the application has answered: a tag that is there now and not ours is its own. */
  void noteTagOfApplication() {
    if (known == null && !marked && exchange.response.containsHeader("ETag")) {
      given.noteTagOfApplication(exchange);
    }
  }

  /** Sets the validators, and returns the tag in the form in which it is given out. */
  private EntityTag mark(SelectedRepresentation current, EntityTag tag) {
    HttpServletResponse response = exchange.response;
    EntityTag form = tag;
    if (isTagOurs()) {
      form = known == null ? given.note(tag, exchange) : given.form(tag, exchange);
      exchange.before.changes("ETag");
      response.setHeader("ETag", form.toString());
      marked = true;
      ofBody = known == null ? form : null;
    }
    Instant lastModified = current.lastModified();
    if (lastModified != null) {
      // Where it is the application's own, this keeps it from being later than Date (8.8.2.1).
      exchange.before.changes("Last-Modified");
      response.setHeader("Last-Modified", HttpDate.format(lastModified));
    }
    return form;
  }

  /**
   * Whether the validators are those of the application: the state of a form is not that of a file
   * beside it.
   */
  private boolean keepsValidators() {
    HttpServletResponse response = exchange.response;
    return !marked
        && exchange.page != null
        && exchange.policy.isOfForm()
        && !exchange.page.isOne()
        && (response.containsHeader("ETag") || response.containsHeader("Last-Modified"));
  }

  private boolean isTagOurs() {
    return known != null || marked || !exchange.response.containsHeader("ETag");
  }

  private SelectedRepresentation representation(BufferedResponse answer) {
    HttpServletResponse response = exchange.response;
    if (!isTaggable()) {
      // Status or headers have changed since the first byte was held.
      return SelectedRepresentation.untagged();
    }
    if (keepsValidators()) {
      return SelectedRepresentation.untagged();
    }
    if (known != null) {
      return variantOf(known);
    }
    if (exchange.request.getMethod().equals("HEAD")
        && answer.written() == 0
        && !response.containsHeader("ETag")
        && !BodyElsewhere.isSent(exchange.request, response)
        && !exchange.policy.leavesJudgement()) {
      // 9.3.2: HEAD carries what GET would. Up to Servlet 5 the application's HEAD has no body to
      // make a tag of. What may not be shown is left out, as 9.3.2 allows.
      if (!disclosure.mayShowState(exchange)) {
        return SelectedRepresentation.untagged();
      }
      return ofBody(
          bodies
              .read(
                  exchange.target.key(),
                  exchange.request,
                  response,
                  null,
                  exchange.policy.taggable())
              .representation());
    }
    if (exchange.policy.leavesJudgement() && !response.containsHeader("ETag")) {
      return SelectedRepresentation.untagged();
    }
    String encoding = response.getHeader("Content-Encoding");
    if (encoding != null && !DecodedBody.isKnown(encoding) && !response.containsHeader("ETag")) {
      exchange.doctor.encoded(encoding, exchange.request);
    }
    return ofBody(bodies.of(response, answer, recalled).representation());
  }

  private SelectedRepresentation ofBody(SelectedRepresentation body) {
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

  private PreconditionDecision decision(SelectedRepresentation current) {
    EntityTag tag = current.tag();
    ConditionalHeaders sent =
        tag != null && isTagOurs() ? given.read(exchange, tag) : exchange.conditions;
    return PreconditionEvaluator.evaluate(exchange.request.getMethod(), sent, current, false);
  }

  private boolean isTaggable() {
    return exchange.policy.taggable().test(exchange.response);
  }
}
