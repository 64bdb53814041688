package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditional headers of one request, read once (RFC 9110, section 13.1).
 *
 * <p>A header that breaks the grammar is remembered as malformed and has no value. Immutable and
 * safe for use by several threads.
 */
public final class ConditionalHeaders {

  /** The name of the header {@code If-Match}. */
  public static final String IF_MATCH = "If-Match";

  /** The name of the header {@code If-None-Match}. */
  public static final String IF_NONE_MATCH = "If-None-Match";

  private final @Nullable EntityTagSet ifMatch;
  private final @Nullable EntityTagSet ifNoneMatch;
  private final @Nullable MalformedHeader malformed;

  private ConditionalHeaders(
      @Nullable EntityTagSet ifMatch,
      @Nullable EntityTagSet ifNoneMatch,
      @Nullable MalformedHeader malformed) {
    this.ifMatch = ifMatch;
    this.ifNoneMatch = ifNoneMatch;
    this.malformed = malformed;
  }

  /**
   * Reads the headers from their raw field lines.
   *
   * @param ifMatch the values of all {@code If-Match} lines; empty when the header is absent
   * @param ifNoneMatch the values of all {@code If-None-Match} lines; empty when the header is
   *     absent
   */
  public static ConditionalHeaders parse(List<String> ifMatch, List<String> ifNoneMatch) {
    EntityTagSet match = null;
    EntityTagSet noneMatch = null;
    MalformedHeader malformed = null;
    try {
      match = ifMatch.isEmpty() ? null : EntityTagSet.parse(ifMatch);
    } catch (EntityTagSyntaxException e) {
      malformed = new MalformedHeader(IF_MATCH, e);
    }
    try {
      noneMatch = ifNoneMatch.isEmpty() ? null : EntityTagSet.parse(ifNoneMatch);
    } catch (EntityTagSyntaxException e) {
      malformed = malformed == null ? new MalformedHeader(IF_NONE_MATCH, e) : malformed;
    }
    return new ConditionalHeaders(match, noneMatch, malformed);
  }

  /** What {@code If-Match} demands; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifMatch() {
    return ifMatch;
  }

  /** What {@code If-None-Match} demands; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifNoneMatch() {
    return ifNoneMatch;
  }

  /** The first header that breaks the grammar; null when all are well-formed. */
  public @Nullable MalformedHeader malformed() {
    return malformed;
  }

  /** Whether the request carries no conditional header at all, not even a malformed one. */
  public boolean isEmpty() {
    return ifMatch == null && ifNoneMatch == null && malformed == null;
  }
}
