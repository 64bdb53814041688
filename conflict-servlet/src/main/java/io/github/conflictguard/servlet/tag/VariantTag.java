package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.SelectedRepresentation;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of one of several representations of the same state. Two representations must not
 * share a strong tag (RFC 9110, 8.8.3.3). For a negotiated response the tag of the state is
 * therefore followed by a suffix for the variant. A write with the tag of any variant of the
 * current state refers to that state (13.1.1).
 */
public final class VariantTag {

  private static final char DIVIDER = '.';
  private static final int MARK = 8;
  private static final Pattern MARKED = Pattern.compile(".*\\.[0-9a-f]{" + MARK + "}");

  private VariantTag() {}

  /** Returns the tag of this response for the given tag of the state. */
  public static EntityTag of(EntityTag state, HttpServletResponse answer) {
    if (!isNegotiated(answer)) {
      return state;
    }
    String description =
        answer.getContentType()
            + '\n'
            + answer.getHeader("Content-Encoding")
            + '\n'
            + answer.getHeader("Content-Language");
    String mark =
        BodyTag.of(digest -> digest.update(description.getBytes(StandardCharsets.UTF_8)))
            .opaque()
            .substring(0, MARK);
    String opaque = state.opaque() + DIVIDER + mark;
    return state.isWeak() ? EntityTag.weak(opaque) : EntityTag.strong(opaque);
  }

  /**
   * Returns the tag of this response for the given tag of its body without content coding: an
   * encoded body is another representation.
   */
  public static EntityTag ofBody(EntityTag body, HttpServletResponse answer) {
    return answer.containsHeader("Content-Encoding") ? of(body, answer) : body;
  }

  /** Returns the state with the tag of the variant that the client has sent, if it has sent one. */
  public static SelectedRepresentation asSent(
      SelectedRepresentation state, ConditionalHeaders headers) {
    EntityTag tag = state.tag();
    if (tag == null) {
      return state;
    }
    EntityTag variant = variantIn(headers.ifMatch(), tag);
    if (variant == null) {
      variant = variantIn(headers.ifNoneMatch(), tag);
    }
    return variant == null ? state : SelectedRepresentation.present(variant, state.lastModified());
  }

  private static @Nullable EntityTag variantIn(@Nullable EntityTagSet sent, EntityTag state) {
    if (sent != null) {
      for (EntityTag tag : sent.tags()) {
        String opaque = tag.opaque();
        if (tag.isWeak() == state.isWeak()
            && opaque.length() == state.opaque().length() + 1 + MARK
            && opaque.startsWith(state.opaque())
            && MARKED.matcher(opaque).matches()) {
          return tag;
        }
      }
    }
    return null;
  }

  private static boolean isNegotiated(HttpServletResponse answer) {
    if (answer.containsHeader("Content-Encoding")) {
      return true;
    }
    if (answer.getHeader("Vary") == null) {
      return false;
    }
    for (String line : answer.getHeaders("Vary")) {
      for (String field : line.split(",", -1)) {
        if (field.trim().regionMatches(true, 0, "accept", 0, "accept".length())
            || field.trim().equals("*")) {
          return true;
        }
      }
    }
    return false;
  }
}
