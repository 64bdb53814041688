package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.BROKEN_REFERENCE;
import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;

/**
 * Hibernate's {@code ConstraintViolationException}, which stands for a duplicate, or for almost any
 * other violation.
 */
final class HibernateConstraint {

  static final String CLASS_NAME = "org.hibernate.exception.ConstraintViolationException";

  private HibernateConstraint() {}

  /**
   * Judges by the kind of constraint: version 6 reports UNIQUE, later ones FOREIGN_KEY, earlier
   * ones none.
   *
   * <p>Without one of these it is not a conflict: the JPA implementation of Hibernate 3 wrapped
   * every violated constraint, NOT NULL as well, in an {@code EntityExistsException}, which must
   * therefore be ignored.
   */
  static Verdict verdict(Throwable violation) {
    Object kind = SafeReader.get(violation, "getKind");
    String name = kind instanceof Enum ? ((Enum<?>) kind).name() : "";
    switch (name) {
      case "UNIQUE":
        return Verdict.conflict(DUPLICATE_KEY);
      case "FOREIGN_KEY":
        return Verdict.conflict(BROKEN_REFERENCE);
      default:
        return Verdict.NO_CONFLICT;
    }
  }
}
