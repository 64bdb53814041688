package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import io.github.conflictguard.servlet.tag.GivenTags;
import io.github.conflictguard.servlet.tag.OwnTag;

/**
 * The entity tags that reads are answered with: in which form, and what has to be remembered of
 * them for writes. Safe for use by several threads.
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

  /** The form of a tag of the filter in this answer. */
  EntityTag form(EntityTag tag, Exchange exchange) {
    return weak.given(tag, exchange);
  }

  /** The same for the tag of a body, whose selection is remembered. */
  EntityTag note(EntityTag tag, Exchange exchange) {
    tags.note(
        exchange.target.key(),
        exchange.request.getQueryString(),
        OwnTag.stateOf(tag),
        SelectingHeaders.of(exchange.request));
    return form(tag, exchange);
  }

  /** Called when an answer that had no coding was let go with a tag of the filter. */
  void released(EntityTag tag, Exchange exchange) {
    weak.released(tag, exchange);
  }

  /** The preconditions of a read, to be held against a tag of the filter. */
  ConditionalHeaders read(Exchange exchange, EntityTag tag) {
    return weak.read(exchange, tag);
  }

  /** Remembers that the application has answered a read with a tag of its own. */
  void noteTagOfApplication(Exchange exchange) {
    int status = exchange.response.getStatus();
    if (!exchange.policy.isOfRule() && (status == 200 || status == 304)) {
      ofApplication.noteTag(exchange.target.key());
    }
  }
}
