package io.github.conflictguard.conflict;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A detected conflict: its kind, and the violated constraint, if known.
 *
 * <p>Immutable.
 */
public final class Conflict {

  private final ConflictKind kind;
  private final @Nullable String constraint;

  private Conflict(ConflictKind kind, @Nullable String constraint) {
    this.kind = kind;
    this.constraint = constraint;
  }

  /** Creates a conflict of this kind, without a constraint. */
  public static Conflict of(ConflictKind kind) {
    return new Conflict(kind, null);
  }

  /**
   * Creates a conflict of this kind at this constraint.
   *
   * @param constraint null when it is not known
   */
  public static Conflict of(ConflictKind kind, @Nullable String constraint) {
    return new Conflict(kind, constraint);
  }

  /** Returns the kind of the conflict. */
  public ConflictKind kind() {
    return kind;
  }

  /**
   * Returns the name of the violated constraint or unique index as the database reports it, without
   * schema, table and quotes; compare it ignoring case. SQLite, which does not report names, has
   * the columns here: {@code customer.email}.
   *
   * <p>Intended for look-ups in a map of the application, and for logs. It is a name of the schema
   * and must not be disclosed to clients.
   *
   * @return null when the exceptions do not identify it with certainty, which is common
   */
  public @Nullable String constraint() {
    return constraint;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conflict
        && kind == ((Conflict) other).kind
        && Objects.equals(constraint, ((Conflict) other).constraint);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, constraint);
  }

  @Override
  public String toString() {
    return constraint == null ? kind.code() : kind.code() + " at " + constraint;
  }
}
