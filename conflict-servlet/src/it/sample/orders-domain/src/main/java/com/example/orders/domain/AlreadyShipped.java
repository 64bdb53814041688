package com.example.orders.domain;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;

/** A conflict by the application's own rules. */
public class AlreadyShipped extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1;

  public AlreadyShipped(String message) {
    super(message);
  }

  @Override
  public ConflictKind kind() {
    return ConflictKind.WRONG_STATE;
  }
}
