package io.github.conflictguard.servlet.ejb;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** How often the work of a request ran, and how its transactions ended. */
final class Outcomes {

  private static final List<String> ENDED = Collections.synchronizedList(new ArrayList<>());
  private static int runs;

  private Outcomes() {}

  static void forget() {
    ENDED.clear();
    runs = 0;
  }

  static String text() {
    return "runs=" + runs + " " + ENDED;
  }

  /** Begins a run. */
  static int begin() {
    follow(false);
    return ++runs;
  }

  /** Begins a run of which the first one fails when it is committed. */
  static void beginAndFailAtCommit() {
    follow(runs == 0);
    runs++;
  }

  static SQLException deadlock() {
    return new SQLException("m", "40001");
  }

  private static void follow(boolean fails) {
    try {
      TransactionSynchronizationRegistry registry =
          (TransactionSynchronizationRegistry)
              new InitialContext().lookup("java:comp/TransactionSynchronizationRegistry");
      if (registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
        return;
      }
      registry.registerInterposedSynchronization(
          new Synchronization() {
            @Override
            public void beforeCompletion() {
              if (fails) {
                throw new IllegalStateException("flush", deadlock());
              }
            }

            @Override
            public void afterCompletion(int status) {
              ENDED.add(status == Status.STATUS_COMMITTED ? "committed" : "rolled back");
            }
          });
    } catch (NamingException e) {
      throw new IllegalStateException(e);
    }
  }
}
