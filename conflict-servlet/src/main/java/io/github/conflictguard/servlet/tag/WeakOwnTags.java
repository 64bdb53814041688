package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.servlet.container.LaterEncoding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Sends the tags of the filter as weak tags where the server may compress responses after it, and
 * accepts them in writes.
 *
 * <p>One entity tag for the plain and the compressed bytes of a representation has to be weak (RFC
 * 9110, 8.8.1), and servers do not compress responses with a strong one. A weak tag in {@code
 * If-Match} never matches (13.1.1), because in general a weak tag may be kept across a change that
 * the server considers insignificant. This does not apply to a tag of the filter: it is a hash of
 * all bytes before any coding, or stands for a version, and is weak because of the coding alone,
 * which does not matter to a write. Only the server that has generated it can therefore map it to
 * the strong tag of the state, and compares that strong tag. Where responses are not compressed, no
 * such tag was sent, and a weak one does not match.
 */
public final class WeakOwnTags {

  private final LaterEncoding encoding;

  public WeakOwnTags(LaterEncoding encoding) {
    this.encoding = encoding;
  }

  /** Returns the form in which a tag of the filter is sent with this response. */
  public EntityTag given(EntityTag tag, HttpServletRequest request, HttpServletResponse response) {
    return encoding.noteTagged(request, response) ? tag.weakened() : tag;
  }

  /**
   * Makes the tag of a released response weak if the response has been coded after all: a filter in
   * front decides this at the first byte.
   *
   * @param given the tag that was set when the response had no coding yet
   */
  public void released(EntityTag given, HttpServletResponse response) {
    if (!given.isWeak()
        && !response.isCommitted()
        && response.containsHeader("Content-Encoding")
        && given.toString().equals(response.getHeader("ETag"))) {
      encoding.noteEncoded(response);
      response.setHeader("ETag", given.weakened().toString());
    }
  }

  /**
   * Returns the preconditions of a request for evaluation against a state.
   *
   * @param sent the preconditions as they were sent
   * @param state a tag of the filter
   */
  public ConditionalHeaders read(
      ConditionalHeaders sent, HttpServletRequest request, EntityTag state) {
    return sent.ifMatch() == null || state.isWeak() || !encoding.weakensTags(request)
        ? sent
        : sent.readAs(tag -> tag.isWeak() && OwnTag.isOne(tag) ? tag.strengthened() : tag);
  }
}
