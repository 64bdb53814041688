package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.SelectedRepresentation;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The validators of one answer (RFC 9110, 8.8): the application's own where it sent them, and an
 * entity tag made from the body where it sent none. Both sides of every comparison, the read and
 * the check before a write, come from here. Immutable.
 */
public final class Validators {

  private final @Nullable EntityTag tag;
  private final boolean tagIsOurs;
  private final @Nullable Instant lastModified;

  private Validators(@Nullable EntityTag tag, boolean tagIsOurs, @Nullable Instant lastModified) {
    this.tag = tag;
    this.tagIsOurs = tagIsOurs;
    this.lastModified = lastModified;
  }

  /**
   * Finds or makes the validators.
   *
   * @param response a taggable answer with its headers
   * @param tagOfBody makes a tag from its body
   */
  static Validators of(HttpServletResponse response, Supplier<EntityTag> tagOfBody) {
    String own = response.getHeader("ETag");
    return own == null
        ? new Validators(tagOfBody.get(), true, dateOf(response))
        : new Validators(parseOrNull(own), false, dateOf(response));
  }

  /** Finds the application's own, for a body that is not known as a whole or gets no tag. */
  public static Validators ofApplication(HttpServletResponse response) {
    String own = response.getHeader("ETag");
    EntityTag tag = own == null ? null : parseOrNull(own);
    return new Validators(tag, false, dateOf(response));
  }

  /** The modification date of an answer, not later than now (8.8.2.1); null when it has none. */
  public static @Nullable Instant dateOf(HttpServletResponse response) {
    String value = response.getHeader("Last-Modified");
    Instant date = value == null ? null : HttpDate.parse(value, Instant.now());
    return date == null ? null : Dates.notLaterThanNow(date);
  }

  /**
   * Whether an answer carries an entity tag that breaks the grammar: only the application reads it.
   */
  public static boolean isTagUnreadable(HttpServletResponse response) {
    String own = response.getHeader("ETag");
    return own != null && parseOrNull(own) == null;
  }

  /** Whether the value of an {@code If-Range} header is a tag that only the filter knows. */
  public static boolean isTagOfOurs(@Nullable String ifRange) {
    EntityTag tag = ifRange == null ? null : parseOrNull(ifRange);
    return tag != null && OwnTag.isOne(tag);
  }

  /** Whether the filter made the tag, so that the application does not know it. */
  public boolean isTagOurs() {
    return tagIsOurs;
  }

  /** The representation that has these validators. */
  public SelectedRepresentation representation() {
    return SelectedRepresentation.present(tag, lastModified);
  }

  private static @Nullable EntityTag parseOrNull(String value) {
    try {
      return EntityTag.parse(value);
    } catch (EntityTagSyntaxException e) {
      return null;
    }
  }
}
