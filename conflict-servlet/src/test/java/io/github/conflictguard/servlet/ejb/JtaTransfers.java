package io.github.conflictguard.servlet.ejb;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;

/** Guarded methods in transactions of an interceptor. */
@ApplicationScoped
public class JtaTransfers {

  /** Does not run again. */
  @Transactional
  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  public void retried() throws SQLException {
    if (Outcomes.begin() == 1) {
      throw Outcomes.deadlock();
    }
  }

  /** Is committed. */
  @Transactional(dontRollbackOn = IllegalStateException.class)
  @ConflictGuarded(translate = false)
  public void untranslated() {
    Outcomes.begin();
    throw new IllegalStateException(Outcomes.deadlock());
  }

  /** Would be committed without its guard. */
  @Transactional(dontRollbackOn = IllegalStateException.class)
  @ConflictGuarded
  public void translated() {
    Outcomes.begin();
    throw new IllegalStateException(Outcomes.deadlock());
  }

  /** Runs again. */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  public void notSupported() throws SQLException {
    if (Outcomes.begin() == 1) {
      throw Outcomes.deadlock();
    }
  }
}
