package com.example.orders.service;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;

/** Spring makes a proxy of the JDK of it. The annotation is here alone. */
public interface Shipping {

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  String ship(int failures);

  /** Has its code here. */
  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  default String cancel(int failures) {
    CustomerDesk.failBefore("cancel", failures);
    return "cancelled";
  }

  void transactional();
}
