package io.github.conflictguard.transaction;

/**
 * Whether somebody further out has begun a transaction on this thread: Spring, or the container
 * (EJB, CDI, JTA). What runs again inside a transaction that has met a conflict runs in vain.
 *
 * <p>A transaction that the application manages by its own connection or entity manager is not
 * seen. A failure to find out counts as no transaction.
 */
public final class Transactions {

  private static final SpringTransactions SPRING = new SpringTransactions();
  private static final JtaTransactions JTA = new JtaTransactions(JtaTransactions::inNaming);

  private Transactions() {}

  public static boolean isActive() {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    ClassLoader own = Transactions.class.getClassLoader();
    return SPRING.isActive(application)
        || (own != application && SPRING.isActive(own))
        || JTA.isActive(application);
  }
}
