package io.github.conflictguard.transaction;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import javax.naming.InitialContext;
import org.jspecify.annotations.Nullable;

/**
 * Detects transactions of the container, under the names that each container with JTA provides in
 * its naming service, or otherwise those of Narayana, if the application contains it. Supports
 * {@code javax} and {@code jakarta}.
 *
 * <p>Thread-safe.
 */
final class JtaTransactions {

  /** {@code Status.STATUS_NO_TRANSACTION}. */
  static final int NO_TRANSACTION = 6;

  /** EJBs with container-managed transactions may only look up the first one. */
  private static final List<String> NAMES =
      Arrays.asList("java:comp/TransactionSynchronizationRegistry", "java:comp/UserTransaction");

  private static final List<String> QUESTIONS = Arrays.asList("getTransactionStatus", "getStatus");

  /** Without the interfaces there cannot be a transaction, and no name is looked up. */
  private final KnownLoaders interfaces =
      new KnownLoaders("jakarta.transaction.UserTransaction", "javax.transaction.UserTransaction");

  /** Used by applications without a container, and without a naming service. */
  private final KnownLoaders narayana = new KnownLoaders("com.arjuna.ats.jta.TransactionManager");

  private final Naming naming;

  /** Creates an instance that uses this naming service. */
  JtaTransactions(Naming naming) {
    this.naming = naming;
  }

  @SuppressWarnings("BanJNDI") // The names are constants of this class, in the local java:comp.
  static @Nullable Object inNaming(String name) throws Exception {
    InitialContext context = new InitialContext();
    try {
      return context.lookup(name);
    } finally {
      context.close();
    }
  }

  boolean isActive(@Nullable ClassLoader application) {
    if (interfaces.in(application) == null) {
      return false;
    }
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      Object found = orNull(() -> naming.lookUp(name));
      Integer status = found == null ? null : status(found, QUESTIONS.get(i));
      if (status != null) {
        return status != NO_TRANSACTION;
      }
    }
    Class<?> manager = narayana.in(application);
    Object found =
        manager == null ? null : orNull(() -> manager.getMethod("transactionManager").invoke(null));
    Integer status = found == null ? null : status(found, "getStatus");
    return status != null && status != NO_TRANSACTION;
  }

  private static @Nullable Integer status(Object found, String question) {
    Method method = declared(found.getClass(), question);
    Object status = method == null ? null : orNull(() -> method.invoke(found));
    return status instanceof Integer ? (Integer) status : null;
  }

  /** Returns the method of the interface: the class of the container is usually not public. */
  private static @Nullable Method declared(@Nullable Class<?> type, String name) {
    if (type == null) {
      return null;
    }
    if (type.isInterface() && type.getName().matches("(javax|jakarta)\\.transaction\\..*")) {
      return orNull(() -> type.getMethod(name));
    }
    for (Class<?> implemented : type.getInterfaces()) {
      Method method = declared(implemented, name);
      if (method != null) {
        return method;
      }
    }
    return declared(type.getSuperclass(), name);
  }

  /** Returns null in place of a failure: the detection must never make a request fail. */
  private static <T> @Nullable T orNull(Callable<@Nullable T> question) {
    try {
      return question.call();
    } catch (Exception | LinkageError e) {
      return null;
    }
  }

  /** Abstracts from {@link InitialContext#lookup(String)}. */
  @FunctionalInterface
  interface Naming {

    /** Returns the object; returns null or throws if it is absent. */
    @Nullable Object lookUp(String name) throws Exception;
  }
}
