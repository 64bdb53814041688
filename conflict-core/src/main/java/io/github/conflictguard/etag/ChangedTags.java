package io.github.conflictguard.etag;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what servers between application and client do to strong entity tags when they compress an
 * answer: some append a suffix to the opaque part ({@code --gzip} Jetty, {@code -gzip} Apache
 * httpd), some add the weak flag (nginx). A client that sends such a tag back in {@code If-Match}
 * means the tag that was issued; by the letter (RFC 9110, 13.1.1) it could never succeed.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ChangedTags {

  private static final ChangedTags NONE = new ChangedTags(new ArrayList<>(), false);

  private final List<String> suffixes;
  private final boolean weakened;

  private ChangedTags(List<String> suffixes, boolean weakened) {
    this.suffixes = suffixes;
    this.weakened = weakened;
  }

  /** Undoes nothing. */
  public static ChangedTags none() {
    return NONE;
  }

  /**
   * Says what is to be undone.
   *
   * @param suffixes what is appended to the opaque part; the longest that fits is taken off
   * @param weakened whether a weak tag may stand for the strong one
   */
  public static ChangedTags of(List<String> suffixes, boolean weakened) {
    List<String> longestFirst = new ArrayList<>(suffixes);
    longestFirst.sort((a, b) -> b.length() - a.length());
    return new ChangedTags(longestFirst, weakened);
  }

  /**
   * Adds to a list of tags what they may have been. The tags as they were sent stay members, so
   * that a tag that really ends like that is still found.
   *
   * @return the same instance when nothing looks changed
   */
  public EntityTagSet undoneIn(EntityTagSet sent) {
    if (suffixes.isEmpty() && !weakened) {
      return sent;
    }
    List<EntityTag> originals = new ArrayList<>();
    for (EntityTag tag : sent.tags()) {
      EntityTag original = originalOf(tag);
      if (original != null) {
        originals.add(original);
      }
    }
    if (originals.isEmpty()) {
      return sent;
    }
    List<EntityTag> all = new ArrayList<>(sent.tags());
    all.addAll(originals);
    return EntityTagSet.of(all);
  }

  /** What a tag was before it was changed; null when it does not look changed. */
  private @Nullable EntityTag originalOf(EntityTag tag) {
    String opaque = tag.opaque();
    for (String suffix : suffixes) {
      if (opaque.endsWith(suffix)) {
        opaque = opaque.substring(0, opaque.length() - suffix.length());
        break;
      }
    }
    boolean weak = tag.isWeak() && !weakened;
    EntityTag original = EntityTag.ofParsed(opaque, weak);
    return original.equals(tag) ? null : original;
  }
}
