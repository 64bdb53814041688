package io.github.conflictguard.conflict;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conflict that was found: its kind, and the constraint that was hit, where that is known.
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

  /** Makes a conflict of this kind, without a constraint. */
  public static Conflict of(ConflictKind kind) {
    return new Conflict(kind, null);
  }

  /** Makes a conflict of this kind at this constraint; null when the constraint is not known. */
  public static Conflict of(ConflictKind kind, @Nullable String constraint) {
    return new Conflict(kind, constraint);
  }

  /** What the request ran into. */
  public ConflictKind kind() {
    return kind;
  }

  /**
   * The name of the violated constraint or unique index as the database reports it, without schema,
   * table and quotes; compare without regard to case. SQLite, which does not report names, has the
   * columns here: {@code customer.email}.
   *
   * <p>For a look-up in a map of the application's, and for logs. It is a name from the schema, and
   * as such none of a client's business.
   *
   * @return null when nothing in the exceptions tells it beyond doubt, which is common
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
