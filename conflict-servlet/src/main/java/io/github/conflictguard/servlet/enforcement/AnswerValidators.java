package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.SelectedRepresentation;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The validators of a response to a read: its entity tag and its date. Not thread-safe. */
final class AnswerValidators {

  private final Exchange exchange;
  private final @Nullable SelectedRepresentation known;
  private final AnsweredState state;
  private final ReadEnforcement.GivenOut given;

  /** Whether the tag of the response was set here. */
  private boolean isSet;

  /** The tag derived from the body of the response; null when there is none. */
  private @Nullable EntityTag ofBody;

  /**
   * Creates the validators.
   *
   * @param known the state from before the response; null when only the response determines it
   */
  AnswerValidators(
      Exchange exchange,
      @Nullable SelectedRepresentation known,
      AnsweredState state,
      ReadEnforcement.GivenOut given) {
    this.exchange = exchange;
    this.known = known;
    this.state = state;
    this.given = given;
  }

  /** Sets the validators, and returns the tag in the form in which it is sent. */
  @Nullable EntityTag set(SelectedRepresentation current) {
    HttpServletResponse response = exchange.response;
    EntityTag tag = current.tag();
    EntityTag form = tag;
    if (tag != null && (isSet || state.isTagOurs() || !response.containsHeader("ETag"))) {
      form = known == null ? given.note(tag, exchange) : given.form(tag, exchange);
      exchange.before.changes("ETag");
      response.setHeader("ETag", form.toString());
      isSet = true;
      ofBody = known == null ? form : null;
    }
    Instant lastModified = current.lastModified();
    if (lastModified != null && tag != null) {
      // An application's own date is not sent if it is later than Date (RFC 9110, 8.8.2.1).
      exchange.before.changes("Last-Modified");
      response.setHeader("Last-Modified", HttpDate.format(lastModified));
    }
    return form;
  }

  /** Sets the validators of the application's own 304 as its 200 would have (RFC 9110, 15.4.5). */
  void setNotModified() {
    HttpServletResponse response = exchange.response;
    if (known != null
        && response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED
        && !exchange.policy.isOfForm()
        && !response.containsHeader("Vary")
        && !response.containsHeader("Content-Encoding")) {
      EntityTag tag = known.tag();
      if (tag != null) {
        exchange.before.changes("ETag");
        response.setHeader("ETag", given.form(tag, exchange).toString());
        isSet = true;
      }
    }
  }

  /** Makes the tag weak if the response, which had no coding, has been coded when released. */
  void released(EntityTag form) {
    if (isSet) {
      given.released(form, exchange);
    }
  }

  /** Invalidates the tag, which was derived from less than what the client receives now. */
  void invalidate() {
    EntityTag tag = ofBody;
    HttpServletResponse response = exchange.response;
    if (tag != null && tag.toString().equals(response.getHeader("ETag"))) {
      response.setHeader("ETag", null);
      if (response.containsHeader("ETag")) {
        // Containers before Servlet 6.1 cannot remove a header. This tag equals no other.
        response.setHeader("ETag", EntityTag.strong(UUID.randomUUID().toString()).toString());
      }
    }
    ofBody = null;
  }

  /** Records a tag that is set when the application has responded and is not the filter's. */
  void noteTagOfApplication() {
    if (known == null && !isSet && exchange.response.containsHeader("ETag")) {
      given.noteTagOfApplication(exchange);
    }
  }
}
