package io.github.conflictguard.etag;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reverts the changes that servers between application and client make to strong entity tags when
 * they compress a response: some append a suffix to the opaque part ({@code --gzip} Jetty, {@code
 * -gzip} Apache httpd), some add the weak flag (nginx). A client that sends such a tag in {@code
 * If-Match} means the tag that was issued; compared literally (RFC 9110, 13.1.1), the tag could
 * never match.
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

  /** Returns an instance that reverts nothing. */
  public static ChangedTags none() {
    return NONE;
  }

  /**
   * Returns an instance for these changes.
   *
   * @param suffixes the suffixes that may be appended to the opaque part; the longest match is
   *     removed
   * @param weakened whether a weak tag may stand for the strong one
   */
  public static ChangedTags of(List<String> suffixes, boolean weakened) {
    List<String> longestFirst = new ArrayList<>(suffixes);
    longestFirst.sort((a, b) -> b.length() - a.length());
    return new ChangedTags(longestFirst, weakened);
  }

  /**
   * Adds to a list of tags their possible originals. The tags as they were sent stay members, so
   * that a tag that really ends with a suffix still matches.
   *
   * @return the same instance when no tag looks changed
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

  /** Returns the original of a tag; null when the tag does not look changed. */
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
