package io.github.conflictguard.servlet.ejb;

import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Runs in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OwnTransferBean {

  /** Is rolled back. */
  @ConflictGuarded
  public void fails() {
    Outcomes.begin();
    throw new IllegalStateException(Outcomes.deadlock());
  }
}
