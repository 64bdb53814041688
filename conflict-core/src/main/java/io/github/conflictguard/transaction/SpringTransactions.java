package io.github.conflictguard.transaction;

import org.jspecify.annotations.Nullable;

/** Detects transactions of Spring, if it is present. Thread-safe. */
final class SpringTransactions {

  private final KnownLoaders synchronization =
      new KnownLoaders("org.springframework.transaction.support.TransactionSynchronizationManager");

  boolean isActive(@Nullable ClassLoader application) {
    Class<?> spring = synchronization.in(application);
    if (spring == null) {
      return false;
    }
    try {
      Object active = spring.getMethod("isActualTransactionActive").invoke(null);
      return Boolean.TRUE.equals(active);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return false;
    }
  }
}
