package io.github.conflictguard.servlet.ejb;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Begins and ends its transactions itself. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class ManagingBean {

  private static UserTransaction transaction() throws NamingException {
    return (UserTransaction) new InitialContext().lookup("java:comp/UserTransaction");
  }

  /** Runs again: its transaction has ended. */
  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  public void ended() throws Exception {
    transaction().begin();
    if (Outcomes.begin() == 1) {
      transaction().rollback();
      throw Outcomes.deadlock();
    }
    transaction().commit();
  }

  /** Does not run again: its transaction is doomed, and goes on. */
  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  public void doomed() throws Exception {
    if (transaction().getStatus() == jakarta.transaction.Status.STATUS_NO_TRANSACTION) {
      transaction().begin();
    }
    Outcomes.begin();
    transaction().setRollbackOnly();
    throw Outcomes.deadlock();
  }

  /** Calls that one, and ends its transaction. */
  public void endsDoomed() throws Exception {
    try {
      doomed();
    } finally {
      transaction().rollback();
    }
  }
}
