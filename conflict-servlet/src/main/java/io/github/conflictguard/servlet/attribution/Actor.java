package io.github.conflictguard.servlet.attribution;

import io.github.conflictguard.servlet.config.ActorNames;
import org.jspecify.annotations.Nullable;

/** The sender of a request, to be told apart from others. Immutable. */
public final class Actor {

  private static final int LONGEST_NAME = 64;

  private final long id;
  private final boolean known;
  private final String pseudonym;
  private final @Nullable String name;

  Actor(long id, boolean known, String pseudonym, @Nullable String name) {
    this.id = id;
    this.known = known;
    this.pseudonym = pseudonym;
    this.name =
        name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  /** Returns a number that no other actor has, in practice; another one after each start. */
  public long id() {
    return id;
  }

  /** Returns whether this is more than an address, which several people may share. */
  public boolean isKnown() {
    return known;
  }

  /** Returns the name to be shown; null for none. */
  public @Nullable String shown(ActorNames how) {
    switch (how) {
      case NAME:
        return name == null ? pseudonym : name;
      case PSEUDONYM:
        return pseudonym;
      default:
        return null;
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Actor && ((Actor) object).id == id;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return pseudonym;
  }
}
