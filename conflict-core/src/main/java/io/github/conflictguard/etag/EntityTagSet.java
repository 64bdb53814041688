package io.github.conflictguard.etag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: either the wildcard {@code *} or a list
 * of entity tags, which may be empty (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class EntityTagSet {

  private static final EntityTagSet ANY = new EntityTagSet(Collections.emptyList(), true);

  private final List<EntityTag> tags;
  private final boolean any;

  private EntityTagSet(List<EntityTag> tags, boolean any) {
    this.tags = tags;
    this.any = any;
  }

  /** Returns the wildcard {@code *}: a test for existence, not for tags. */
  public static EntityTagSet any() {
    return ANY;
  }

  /** Returns a list of tags; an empty one is valid and matches nothing. */
  public static EntityTagSet of(List<EntityTag> tags) {
    return new EntityTagSet(Collections.unmodifiableList(new ArrayList<>(tags)), false);
  }

  /**
   * Parses all field lines of one header, combined into one list (section 5.3).
   *
   * @param lines the values of the header's lines in order; at least one
   * @throws EntityTagSyntaxException if the combined value is neither {@code *} alone nor a list of
   *     entity tags
   */
  public static EntityTagSet parse(List<String> lines) throws EntityTagSyntaxException {
    return new EntityTagParser(lines.size() == 1 ? lines.get(0) : String.join(",", lines)).set();
  }

  /** Returns whether this is the wildcard. */
  public boolean isAny() {
    return any;
  }

  /**
   * Returns the tags in the order in which they were sent; empty for the wildcard. Unmodifiable.
   */
  public List<EntityTag> tags() {
    return tags;
  }

  /** Replaces each tag; the wildcard is unchanged. */
  public EntityTagSet map(UnaryOperator<EntityTag> replacement) {
    List<EntityTag> replaced = new ArrayList<>(tags.size());
    for (EntityTag tag : tags) {
      replaced.add(replacement.apply(tag));
    }
    return any ? this : of(replaced);
  }

  /**
   * Returns whether some tag matches by strong comparison (8.8.3.2); the wildcard contains no tag.
   */
  public boolean containsStrongly(EntityTag current) {
    for (EntityTag tag : tags) {
      if (tag.matchesStrongly(current)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether some tag matches by weak comparison (8.8.3.2); the wildcard contains no tag.
   */
  public boolean containsWeakly(EntityTag current) {
    for (EntityTag tag : tags) {
      if (tag.matchesWeakly(current)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntityTagSet
        && any == ((EntityTagSet) other).any
        && tags.equals(((EntityTagSet) other).tags);
  }

  @Override
  public int hashCode() {
    return any ? 1 : tags.hashCode();
  }

  /** Returns the value as one header line. */
  @Override
  public String toString() {
    if (any) {
      return "*";
    }
    StringBuilder line = new StringBuilder();
    for (EntityTag tag : tags) {
      line.append(line.length() == 0 ? "" : ", ").append(tag);
    }
    return line.toString();
  }
}
