package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A header whose value is a list of entity tags: absent, malformed, or parsed. Immutable. */
final class TagHeader {

  private static final TagHeader ABSENT = new TagHeader(null, null, null);

  final @Nullable EntityTagSet sent;

  /** The tags that were sent, and their possible originals before intermediaries changed them. */
  final @Nullable EntityTagSet meant;

  final @Nullable MalformedHeader malformed;

  private TagHeader(
      @Nullable EntityTagSet sent,
      @Nullable EntityTagSet meant,
      @Nullable MalformedHeader malformed) {
    this.sent = sent;
    this.meant = meant;
    this.malformed = malformed;
  }

  static TagHeader read(String name, Function<String, List<String>> linesOf, ChangedTags changed) {
    List<String> lines = linesOf.apply(name);
    if (lines.isEmpty()) {
      return ABSENT;
    }
    try {
      EntityTagSet sent = EntityTagSet.parse(lines);
      return new TagHeader(sent, changed.undoneIn(sent), null);
    } catch (EntityTagSyntaxException e) {
      return new TagHeader(null, null, new MalformedHeader(name, e));
    }
  }

  /** Returns the same header with another interpretation of its tags. */
  TagHeader readAs(UnaryOperator<EntityTag> meaning) {
    if (meant == null || meant.isAny()) {
      return this;
    }
    EntityTagSet read = meant.map(meaning);
    return read.equals(meant) ? this : new TagHeader(sent, read, null);
  }

  boolean isPresent() {
    return sent != null || malformed != null;
  }

  boolean isChanged() {
    return !Objects.equals(sent, meant);
  }
}
