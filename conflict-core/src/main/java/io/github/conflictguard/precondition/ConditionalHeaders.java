package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The conditional headers of one request, read once (RFC 9110, section 13.1). {@code If-Range} is
 * not among them: it selects a range and never refuses a request.
 *
 * <p>A list of entity tags that violates the grammar is marked as malformed and has no value. A
 * date that violates it counts as absent, as do several dates (13.1.3, 13.1.4). Immutable and safe
 * for use by several threads.
 */
public final class ConditionalHeaders {

  /** The {@code If-Match} header, RFC 9110, 13.1.1. */
  public static final String IF_MATCH = "If-Match";

  /** The {@code If-None-Match} header, RFC 9110, 13.1.2. */
  public static final String IF_NONE_MATCH = "If-None-Match";

  /** The {@code If-Modified-Since} header, RFC 9110, 13.1.3. */
  public static final String IF_MODIFIED_SINCE = "If-Modified-Since";

  /** The {@code If-Unmodified-Since} header, RFC 9110, 13.1.4. */
  public static final String IF_UNMODIFIED_SINCE = "If-Unmodified-Since";

  private final TagHeader ifMatch;
  private final TagHeader ifNoneMatch;
  private final @Nullable Instant ifModifiedSince;
  private final @Nullable Instant ifUnmodifiedSince;

  private ConditionalHeaders(TagHeader ifMatch, TagHeader ifNoneMatch, ConditionalHeaders dates) {
    this.ifMatch = ifMatch;
    this.ifNoneMatch = ifNoneMatch;
    this.ifModifiedSince = dates.ifModifiedSince;
    this.ifUnmodifiedSince = dates.ifUnmodifiedSince;
  }

  private ConditionalHeaders(
      Function<String, List<String>> linesOf, Instant now, ChangedTags changed) {
    this.ifMatch = TagHeader.read(IF_MATCH, linesOf, changed);
    this.ifNoneMatch = TagHeader.read(IF_NONE_MATCH, linesOf, changed);
    this.ifModifiedSince = date(linesOf.apply(IF_MODIFIED_SINCE), now);
    this.ifUnmodifiedSince = date(linesOf.apply(IF_UNMODIFIED_SINCE), now);
  }

  /**
   * Reads the headers from their raw field lines.
   *
   * @param linesOf returns the values of all lines of a header; an empty list when it is absent
   * @param now determines the century of dates with a year of two digits
   * @param changed the changes that intermediaries make to entity tags, which are reverted
   */
  public static ConditionalHeaders read(
      Function<String, List<String>> linesOf, Instant now, ChangedTags changed) {
    return new ConditionalHeaders(linesOf, now, changed);
  }

  /**
   * Returns the same headers with another interpretation of their entity tags. The values that were
   * sent are unchanged.
   */
  public ConditionalHeaders readAs(UnaryOperator<EntityTag> meaning) {
    TagHeader match = ifMatch.readAs(meaning);
    TagHeader noneMatch = ifNoneMatch.readAs(meaning);
    return match == ifMatch && noneMatch == ifNoneMatch
        ? this
        : new ConditionalHeaders(match, noneMatch, this);
  }

  /** Returns the entity tags of {@code If-Match}; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifMatch() {
    return ifMatch.meant;
  }

  /** Returns the entity tags of {@code If-None-Match}; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifNoneMatch() {
    return ifNoneMatch.meant;
  }

  /** Returns whether {@code If-Match} was sent, well-formed or not. */
  public boolean hasIfMatch() {
    return ifMatch.isPresent();
  }

  /** Returns whether {@code If-None-Match} was sent, well-formed or not. */
  public boolean hasIfNoneMatch() {
    return ifNoneMatch.isPresent();
  }

  /** Returns the date of {@code If-Modified-Since}; null when it is absent or not a date. */
  public @Nullable Instant ifModifiedSince() {
    return ifModifiedSince;
  }

  /** Returns the date of {@code If-Unmodified-Since}; null when it is absent or not a date. */
  public @Nullable Instant ifUnmodifiedSince() {
    return ifUnmodifiedSince;
  }

  /** Returns the first header that violates the grammar; null when all are well-formed. */
  public @Nullable MalformedHeader malformed() {
    return ifMatch.malformed == null ? ifNoneMatch.malformed : ifMatch.malformed;
  }

  /** Returns whether a change of some entity tag was detected and reverted. */
  public boolean wereChanged() {
    return ifMatch.isChanged() || ifNoneMatch.isChanged();
  }

  /** Returns whether a write with these headers has to be checked against the current state. */
  public boolean concernWrites() {
    return ifMatch.isPresent() || ifNoneMatch.isPresent() || ifUnmodifiedSince != null;
  }

  /** Returns the value of a header as it was sent, in its normal form; null when it has none. */
  public @Nullable String valueOf(String header) {
    switch (header) {
      case IF_MATCH:
        return ifMatch.sent == null ? null : ifMatch.sent.toString();
      case IF_NONE_MATCH:
        return ifNoneMatch.sent == null ? null : ifNoneMatch.sent.toString();
      case IF_MODIFIED_SINCE:
        return ifModifiedSince == null ? null : HttpDate.format(ifModifiedSince);
      case IF_UNMODIFIED_SINCE:
        return ifUnmodifiedSince == null ? null : HttpDate.format(ifUnmodifiedSince);
      default:
        return null;
    }
  }

  private static @Nullable Instant date(List<String> lines, Instant now) {
    return lines.size() == 1 ? HttpDate.parse(lines.get(0), now) : null;
  }
}
