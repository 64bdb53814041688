package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;

/** JPA's {@code EntityExistsException}, which Hibernate 4 and 5 also throw for something else. */
final class EntityExists {

  static final String[] CLASS_NAMES = {
    "javax.persistence.EntityExistsException", "jakarta.persistence.EntityExistsException",
  };

  private EntityExists() {}

  /**
   * Returns a duplicate, unless Hibernate created the exception without a cause: then it stands for
   * a {@code NonUniqueObjectException}, a second instance in one session, which newer versions
   * wrap. A failure reported by the database always has a cause.
   */
  static Verdict verdict(Throwable exception) {
    return SafeReader.cause(exception) == null && isMadeByHibernate(exception)
        ? Verdict.NO_CONFLICT
        : Verdict.conflict(DUPLICATE_KEY);
  }

  private static boolean isMadeByHibernate(Throwable exception) {
    StackTraceElement[] trace = SafeReader.read(exception::getStackTrace);
    return trace != null
        && trace.length > 0
        && trace[0].getClassName().startsWith("org.hibernate.");
  }
}
