package io.github.conflictguard.transaction;

/**
 * Detects whether a transaction is active on this thread that an outer caller has begun, of Spring
 * or of the container (EJB, CDI, JTA). Work that is repeated inside a transaction after a conflict
 * cannot succeed.
 *
 * <p>A transaction that the application manages through its own connection or entity manager is not
 * detected. If detection fails, no transaction is assumed.
 */
public final class Transactions {

  private static final SpringTransactions SPRING = new SpringTransactions();
  private static final JtaTransactions JTA = new JtaTransactions(JtaTransactions::inNaming);

  private Transactions() {}

  /** Returns whether a transaction is active on the current thread; false if detection fails. */
  public static boolean isActive() {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    ClassLoader own = Transactions.class.getClassLoader();
    return SPRING.isActive(application)
        || (own != application && SPRING.isActive(own))
        || JTA.isActive(application);
  }
}
