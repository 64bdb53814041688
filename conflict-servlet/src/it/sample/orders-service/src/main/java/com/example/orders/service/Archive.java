package com.example.orders.service;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;

/** A class of services of everything; what overrides the method is guarded as well. */
public abstract class Archive<T> {

  @ConflictGuarded(retry = @Retry(backoffMillis = 1))
  public abstract String save(T record, int failures);
}
