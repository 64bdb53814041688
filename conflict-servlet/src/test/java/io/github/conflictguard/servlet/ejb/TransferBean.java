package io.github.conflictguard.servlet.ejb;

import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.SQLException;

/** Guarded methods in transactions of the container. */
@Stateless
public class TransferBean {

  @EJB private OwnTransferBean own;

  /** Lets the container roll back. */
  @ConflictGuarded
  public void unchecked() {
    Outcomes.begin();
    throw new IllegalStateException(new SQLException("m", "23505"));
  }

  /** Would be committed without its guard. */
  @ConflictGuarded
  public void checked() throws SQLException {
    Outcomes.begin();
    throw new SQLException("m", "23505");
  }

  /** Is committed. */
  @ConflictGuarded(translate = false)
  public void checkedUntranslated() throws SQLException {
    Outcomes.begin();
    throw new SQLException("m", "23505");
  }

  /** Would be committed without its guard. */
  @ConflictGuarded
  public void application() {
    Outcomes.begin();
    throw new StaleOrder();
  }

  /** Is committed. */
  @ConflictGuarded(translate = false)
  public void applicationUntranslated() {
    Outcomes.begin();
    throw new StaleOrder();
  }

  /** Does not run again. */
  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  public void retried() throws SQLException {
    failOnce();
  }

  /** Fails the first time. */
  public void failsOnce() throws SQLException {
    if (Outcomes.begin() == 1) {
      throw new IllegalStateException(Outcomes.deadlock());
    }
  }

  /** Fails the first time when it is committed. */
  public void failsAtCommitOnce() {
    Outcomes.beginAndFailAtCommit();
  }

  /** Runs again. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  public void notSupported() throws SQLException {
    failOnce();
  }

  /** Is committed, although a transaction of its own inside of it is rolled back. */
  public String inner() {
    Outcomes.begin();
    try {
      own.fails();
      return "nothing";
    } catch (RuntimeException e) {
      return TransfersServlet.nameOf(e);
    }
  }

  /** Is recovered from inside of the transaction. */
  @ConflictGuarded(recover = "recover", translate = false)
  public String recovered() throws SQLException {
    Outcomes.begin();
    throw new SQLException("m", "23505");
  }

  private String recover(ConflictException conflict) {
    return conflict.kind().code();
  }

  private static void failOnce() throws SQLException {
    if (Outcomes.begin() == 1) {
      throw Outcomes.deadlock();
    }
  }
}
