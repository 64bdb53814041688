package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of one answer: the application's own where it sent one, otherwise one made from
 * the body. Both sides of every comparison, the read and the check before a write, come from here.
 */
public final class AnswerTag {

  private final @Nullable EntityTag tag;
  private final boolean ours;

  private AnswerTag(@Nullable EntityTag tag, boolean ours) {
    this.tag = tag;
    this.ours = ours;
  }

  /**
   * Finds or makes the tag.
   *
   * @param response a taggable answer with its headers
   * @param body feeds its body to the digest that it is given
   */
  public static AnswerTag of(HttpServletResponse response, Consumer<MessageDigest> body) {
    String own = response.getHeader("ETag");
    return own == null
        ? new AnswerTag(BodyTag.of(body), true)
        : new AnswerTag(parseOrNull(own), false);
  }

  /** The tag; null when the application sent one that cannot be read. */
  public @Nullable EntityTag tag() {
    return tag;
  }

  /** Whether the filter made it, so that the application does not know it. */
  public boolean isOurs() {
    return ours;
  }

  private static @Nullable EntityTag parseOrNull(String value) {
    try {
      return EntityTag.parse(value);
    } catch (EntityTagSyntaxException e) {
      return null;
    }
  }
}
