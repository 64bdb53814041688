package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import io.github.conflictguard.servlet.tag.GivenTags;
import io.github.conflictguard.servlet.tag.OwnTag;
import io.github.conflictguard.servlet.tag.WeakOwnTags;

/**
 * The entity tags in responses to reads: their form, and the data that is stored for later writes.
 * Thread-safe.
 */
final class GivenOut {

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
