package io.github.conflictguard.guard.narayana.java;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.ObjectFactory;

/** A naming service in which Narayana is under the names of the specification. */
public final class javaURLContextFactory implements ObjectFactory {

  @Override
  public Object getObjectInstance(
      Object object, javax.naming.Name name, Context context, Hashtable<?, ?> environment) {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Context.class},
        (proxy, method, arguments) -> {
          if (!method.getName().equals("lookup")) {
            return null;
          }
          return switch ((String) arguments[0]) {
            case "java:comp/TransactionSynchronizationRegistry" ->
                new TransactionSynchronizationRegistryImple();
            case "java:comp/UserTransaction" ->
                com.arjuna.ats.jta.UserTransaction.userTransaction();
            default -> throw new NameNotFoundException(String.valueOf(arguments[0]));
          };
        });
  }
}
