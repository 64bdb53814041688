package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;

/** JPA's {@code EntityExistsException}, which Hibernate 4 and 5 also throw for something else. */
final class EntityExists {

  static final String[] CLASS_NAMES = {
    "javax.persistence.EntityExistsException", "jakarta.persistence.EntityExistsException",
  };

  private EntityExists() {}

  /**
   * A duplicate, unless Hibernate made it without a cause: then it stands for a {@code
   * NonUniqueObjectException}, a second instance in one session, which newer versions have inside.
   * What the database refused always has a cause there.
   */
  static Verdict verdict(Throwable exception) {
    return Guarded.cause(exception) == null && isMadeByHibernate(exception)
        ? Verdict.NO_CONFLICT
        : Verdict.conflict(DUPLICATE_KEY);
  }

  private static boolean isMadeByHibernate(Throwable exception) {
    StackTraceElement[] trace = Guarded.read(exception::getStackTrace);
    return trace != null
        && trace.length > 0
        && trace[0].getClassName().startsWith("org.hibernate.");
  }
}
