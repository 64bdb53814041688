package io.github.conflictguard.guard.naming.java;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.ObjectFactory;

/** A naming service for {@code java:} names, found by its own name, in which a transaction is. */
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
          if (!arguments[0].equals("java:comp/UserTransaction")) {
            throw new NameNotFoundException(String.valueOf(arguments[0]));
          }
          return Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {UserTransaction.class},
              (user, asked, none) -> Status.STATUS_ACTIVE);
        });
  }
}
