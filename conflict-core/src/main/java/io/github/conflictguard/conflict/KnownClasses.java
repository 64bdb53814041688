package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.LOCKED;
import static io.github.conflictguard.conflict.ConflictKind.STALE_VERSION;
import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;
import static io.github.conflictguard.conflict.Verdict.conflict;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What exception classes mean by their full names; simple names mean too much ({@code
 * ConstraintViolationException} alone is four things).
 */
final class KnownClasses {

  private static final Map<String, Verdict> VERDICTS = verdicts();

  private KnownClasses() {}

  static Verdict verdict(String className) {
    return VERDICTS.getOrDefault(className, Verdict.UNDECIDED);
  }

  private static Map<String, Verdict> verdicts() {
    Map<String, Verdict> verdicts = new HashMap<>();
    put(
        verdicts,
        conflict(STALE_VERSION),
        "javax.persistence.OptimisticLockException",
        "jakarta.persistence.OptimisticLockException",
        "org.hibernate.StaleStateException",
        "org.hibernate.OptimisticLockException", // former name of the next
        "org.hibernate.dialect.lock.OptimisticEntityLockException",
        "org.springframework.dao.OptimisticLockingFailureException");
    put(
        verdicts,
        conflict(DUPLICATE_KEY),
        "javax.persistence.EntityExistsException",
        "jakarta.persistence.EntityExistsException",
        "org.springframework.dao.DuplicateKeyException");
    put(
        verdicts,
        conflict(LOCKED),
        "javax.persistence.PessimisticLockException",
        "jakarta.persistence.PessimisticLockException",
        "javax.persistence.LockTimeoutException",
        "jakarta.persistence.LockTimeoutException",
        "org.hibernate.PessimisticLockException",
        "org.hibernate.dialect.lock.PessimisticEntityLockException",
        "org.hibernate.exception.LockTimeoutException",
        "org.springframework.dao.PessimisticLockingFailureException");
    put(
        verdicts,
        conflict(TRANSIENT),
        // Deadlocks and rolled-back transactions, in spite of its name; LockTimeoutException is
        // derived from it and has its own entry.
        "org.hibernate.exception.LockAcquisitionException",
        "org.hibernate.exception.TransactionSerializationException",
        "org.springframework.dao.CannotSerializeTransactionException",
        "org.springframework.dao.DeadlockLoserDataAccessException");
    put(
        verdicts,
        Verdict.NO_CONFLICT,
        // Mistakes in the use of a session. JPA wraps the first two in EntityExistsException, and
        // Spring the first in DuplicateKeyException, but nothing of the kind is stored.
        "org.hibernate.NonUniqueObjectException",
        "org.hibernate.PersistentObjectException",
        "org.hibernate.PropertyValueException",
        "javax.validation.ConstraintViolationException",
        "jakarta.validation.ConstraintViolationException");
    return Collections.unmodifiableMap(verdicts);
  }

  private static void put(Map<String, Verdict> verdicts, Verdict verdict, String... classNames) {
    for (String className : classNames) {
      verdicts.put(className, verdict);
    }
  }
}
