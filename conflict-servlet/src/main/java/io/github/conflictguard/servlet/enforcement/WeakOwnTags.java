package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.container.LaterEncoding;
import io.github.conflictguard.servlet.tag.OwnTag;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Gives out the tags of the filter as weak where the server may compress behind it, and takes them
 * back.
 *
 * <p>One entity tag for the plain and the compressed bytes of a representation is a weak one (RFC
 * 9110, 8.8.1), and servers leave answers with a strong one uncompressed. A weak tag in {@code
 * If-Match} never matches (13.1.1), because in general a weak tag may have outlived a change that
 * its maker took for insignificant. A tag of the filter has not: it is a hash of all bytes before
 * any coding, or stands for a version, and is weak for the coding alone, which a write is not
 * about. So the server that made it, and it alone, can tell that it stands for the strong tag of
 * the state, and the origin server's own comparison is one of that strong tag. Where nothing
 * compresses no such tag was given out, and a weak one does not match.
 */
final class WeakOwnTags {

  private final LaterEncoding encoding;

  WeakOwnTags(LaterEncoding encoding) {
    this.encoding = encoding;
  }

  /** The form in which a tag of the filter is given out with this answer. */
  EntityTag given(EntityTag tag, Exchange exchange) {
    return encoding.mayFollow(exchange.request, exchange.response) ? tag.weakened() : tag;
  }

  /**
   * Called when an answer has been let go, to make its tag weak if that has got it a coding after
   * all: a filter in front does so at the first byte.
   *
   * @param given the tag that it was given, when it had no coding yet
   */
  void released(EntityTag given, Exchange exchange) {
    HttpServletResponse response = exchange.response;
    if (!given.isWeak()
        && !response.isCommitted()
        && response.containsHeader("Content-Encoding")
        && given.toString().equals(response.getHeader("ETag"))) {
      encoding.noteEncoded(response);
      response.setHeader("ETag", given.weakened().toString());
    }
  }

  /**
   * The preconditions of a request, to be held against a state.
   *
   * @param state a tag of the filter
   */
  ConditionalHeaders read(Exchange exchange, EntityTag state) {
    ConditionalHeaders sent = exchange.conditions;
    return sent.ifMatch() == null || state.isWeak() || !encoding.weakensTags(exchange.request)
        ? sent
        : sent.readAs(tag -> tag.isWeak() && OwnTag.isOne(tag) ? tag.strengthened() : tag);
  }
}
