package io.github.conflictguard.transaction;

import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs, once for each guarded method, that its guard turns a commit into a rollback: an exception
 * after which the transaction would be committed becomes an unchecked one. Detects transactions
 * that are not declared by an annotation. Thread-safe.
 */
public final class RollbackNotice {

  private static final Logger LOG = Logger.getLogger(RollbackNotice.class.getName());

  /** More than the guarded methods of an application. */
  private static final int MOST = 1000;

  private static final Set<String> NOTICED = ConcurrentHashMap.newKeySet();

  private RollbackNotice() {}

  /**
   * Called before an exception is translated.
   *
   * @param handler the guarded method
   */
  public static void giveFor(String handler, Throwable thrown) {
    if (commits(thrown)
        && NOTICED.size() < MOST
        && !NOTICED.contains(handler)
        && Transactions.isActive()
        && NOTICED.add(handler)) {
      LOG.log(
          Level.WARNING,
          "{0} is guarded inside a transaction: {1}, after which that is committed unless told"
              + " otherwise, leaves as a ConflictException, and it is rolled back; guard the method that calls it, or set"
              + " translate to false",
          new Object[] {handler, thrown.getClass().getName()});
    }
  }

  /** Returns whether transactions are committed after such an exception by default. */
  private static boolean commits(Throwable thrown) {
    Boolean rollback = null;
    for (Annotation annotation : thrown.getClass().getAnnotations()) {
      if (annotation
          .annotationType()
          .getName()
          .matches("(javax|jakarta)\\.ejb\\.ApplicationException")) {
        rollback = rollback(annotation);
      }
    }
    return rollback == null ? !(thrown instanceof RuntimeException) : !rollback;
  }

  private static boolean rollback(Annotation applicationException) {
    try {
      return Boolean.TRUE.equals(
          applicationException.annotationType().getMethod("rollback").invoke(applicationException));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return true;
    }
  }
}
