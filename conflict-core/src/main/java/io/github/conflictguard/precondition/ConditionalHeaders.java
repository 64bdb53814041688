package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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

  public static final String IF_MATCH = "If-Match";
  public static final String IF_NONE_MATCH = "If-None-Match";
  public static final String IF_MODIFIED_SINCE = "If-Modified-Since";
  public static final String IF_UNMODIFIED_SINCE = "If-Unmodified-Since";

  private final @Nullable EntityTagSet ifMatch;
  private final @Nullable EntityTagSet ifNoneMatch;
  private final @Nullable Instant ifModifiedSince;
  private final @Nullable Instant ifUnmodifiedSince;
  private final @Nullable MalformedHeader malformed;

  private ConditionalHeaders(Function<String, List<String>> linesOf, Instant now) {
    TagHeader match = TagHeader.read(IF_MATCH, linesOf);
    TagHeader noneMatch = TagHeader.read(IF_NONE_MATCH, linesOf);
    this.ifMatch = match.tags;
    this.ifNoneMatch = noneMatch.tags;
    this.malformed = match.malformed == null ? noneMatch.malformed : match.malformed;
    this.ifModifiedSince = date(linesOf.apply(IF_MODIFIED_SINCE), now);
    this.ifUnmodifiedSince = date(linesOf.apply(IF_UNMODIFIED_SINCE), now);
  }

  /**
   * Reads the headers from their raw field lines.
   *
   * @param linesOf gives the values of all lines of a header; an empty list when it is absent
   * @param now decides on the century of dates with a year of two digits
   */
  public static ConditionalHeaders read(Function<String, List<String>> linesOf, Instant now) {
    return new ConditionalHeaders(linesOf, now);
  }

  /** What {@code If-Match} demands; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifMatch() {
    return ifMatch;
  }

  /** What {@code If-None-Match} demands; null when it is absent or malformed. */
  public @Nullable EntityTagSet ifNoneMatch() {
    return ifNoneMatch;
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
    return malformed;
  }

  /** Whether a write with these headers has to be held against the current state. */
  public boolean concernWrites() {
    return ifMatch != null || ifNoneMatch != null || ifUnmodifiedSince != null || malformed != null;
  }

  /** The value of a header as it was understood; null when it has none. */
  public @Nullable String valueOf(String header) {
    switch (header) {
      case IF_MATCH:
        return ifMatch == null ? null : ifMatch.toString();
      case IF_NONE_MATCH:
        return ifNoneMatch == null ? null : ifNoneMatch.toString();
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

  /** One header whose value is a list of entity tags. */
  private static final class TagHeader {

    final @Nullable EntityTagSet tags;
    final @Nullable MalformedHeader malformed;

    private TagHeader(@Nullable EntityTagSet tags, @Nullable MalformedHeader malformed) {
      this.tags = tags;
      this.malformed = malformed;
    }

    static TagHeader read(String name, Function<String, List<String>> linesOf) {
      List<String> lines = linesOf.apply(name);
      try {
        return new TagHeader(lines.isEmpty() ? null : EntityTagSet.parse(lines), null);
      } catch (EntityTagSyntaxException e) {
        return new TagHeader(null, new MalformedHeader(name, e));
      }
    }
  }
}
