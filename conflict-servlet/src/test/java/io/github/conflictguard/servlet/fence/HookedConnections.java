package io.github.conflictguard.servlet.fence;

import io.github.conflictguard.recorder.CommitHook;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source whose connections call the hook where the agent makes drivers call it. */
final class HookedConnections {

  private HookedConnections() {}

  static DataSource to(String url) {
    return (DataSource)
        Proxy.newProxyInstance(
            HookedConnections.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getConnection" -> connect(url);
                  case "getParentLogger" -> Logger.getGlobal();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Connection connect(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    return (Connection)
        Proxy.newProxyInstance(
            HookedConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> onConnection(proxy, connection, method, arguments));
  }

  private static Object onConnection(
      Object proxy, Connection connection, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "commit":
        CommitHook.on(CommitHook.COMMITTING, proxy, null);
        break;
      case "equals":
        return proxy == arguments[0];
      case "hashCode":
        return System.identityHashCode(proxy);
      default:
        break;
    }
    Object result = invoke(connection, method, arguments);
    if (method.getName().equals("commit")) {
      CommitHook.on(CommitHook.COMMITTED, null, null);
    } else if (method.getName().equals("rollback") && arguments == null) {
      CommitHook.on(CommitHook.ROLLED_BACK, proxy, null);
    }
    return result instanceof Statement
        ? Proxy.newProxyInstance(
            HookedConnections.class.getClassLoader(),
            new Class<?>[] {method.getReturnType()},
            (statement, called, values) -> {
              if (called.getName().equals("getConnection")) {
                return proxy;
              }
              if (called.getName().equals("executeUpdate")) {
                CommitHook.on(CommitHook.EXECUTING, statement, null);
              }
              return invoke(result, called, values);
            })
        : result;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
