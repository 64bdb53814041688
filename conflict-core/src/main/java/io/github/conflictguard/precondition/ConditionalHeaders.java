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
 * not among them: it asks for a part, and never refuses anything.
 *
 * <p>A list of entity tags that breaks the grammar is remembered as malformed and has no value. A
 * date that breaks it counts as absent, and so do several dates (13.1.3, 13.1.4). Immutable and
 * safe for use by several threads.
 */
public final class ConditionalHeaders {

  /** The name of the header in RFC 9110, 13.1.1. */
  public static final String IF_MATCH = "If-Match";

  /** The name of the header in RFC 9110, 13.1.2. */
  public static final String IF_NONE_MATCH = "If-None-Match";

  /** The name of the header in RFC 9110, 13.1.3. */
  public static final String IF_MODIFIED_SINCE = "If-Modified-Since";

  /** The name of the header in RFC 9110, 13.1.4. */
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
   * @param linesOf gives the values of all lines of a header; an empty list when it is absent
   * @param now decides on the century of dates with a year of two digits
   * @param changed what servers on the way do to entity tags, and has to be undone
   */
  public static ConditionalHeaders read(
      Function<String, List<String>> linesOf, Instant now, ChangedTags changed) {
    return new ConditionalHeaders(linesOf, now, changed);
  }

  /**
   * The same headers with other readings of their entity tags, for servers that know what a tag
   * stands for. What was sent stays what it is.
   */
  public ConditionalHeaders readAs(UnaryOperator<EntityTag> meaning) {
    TagHeader match = ifMatch.readAs(meaning);
    TagHeader noneMatch = ifNoneMatch.readAs(meaning);
    return match == ifMatch && noneMatch == ifNoneMatch
        ? this
        : new ConditionalHeaders(match, noneMatch, this);
  }

  /** What {@code If-Match} demands; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifMatch() {
    return ifMatch.meant;
  }

  /** What {@code If-None-Match} demands; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifNoneMatch() {
    return ifNoneMatch.meant;
  }

  /** Whether {@code If-Match} was sent, well-formed or not. */
  public boolean hasIfMatch() {
    return ifMatch.isPresent();
  }

  /** Whether {@code If-None-Match} was sent, well-formed or not. */
  public boolean hasIfNoneMatch() {
    return ifNoneMatch.isPresent();
  }

  /** What {@code If-Modified-Since} names; null when it is absent or no date. */
  public @Nullable Instant ifModifiedSince() {
    return ifModifiedSince;
  }

  /** What {@code If-Unmodified-Since} names; null when it is absent or no date. */
  public @Nullable Instant ifUnmodifiedSince() {
    return ifUnmodifiedSince;
  }

  /** The first header that breaks the grammar; null when all are well-formed. */
  public @Nullable MalformedHeader malformed() {
    return ifMatch.malformed == null ? ifNoneMatch.malformed : ifMatch.malformed;
  }

  /** Whether some entity tag looked as if it had been changed on its way, and that was undone. */
  public boolean wereChanged() {
    return ifMatch.isChanged() || ifNoneMatch.isChanged();
  }

  /** Whether a write with these headers has to be held against the current state. */
  public boolean concernWrites() {
    return ifMatch.isPresent() || ifNoneMatch.isPresent() || ifUnmodifiedSince != null;
  }

  /** The value of a header as it was sent, in its normal form; null when it has none. */
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
