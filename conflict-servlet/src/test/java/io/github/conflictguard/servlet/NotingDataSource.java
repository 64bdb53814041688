package io.github.conflictguard.servlet;

import io.github.conflictguard.recorder.Coverage;
import io.github.conflictguard.recorder.Recorder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import javax.sql.DataSource;

/** Does to a database what the agent does to its driver: exceptions and stored rows are noted. */
final class NotingDataSource {

  private NotingDataSource() {}

  static DataSource inFrontOf(DataSource source) {
    Coverage.install();
    Coverage.driverWoven();
    return noting(source, DataSource.class);
  }

  private static <T> T noting(Object target, Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            NotingDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(target, method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      Recorder.note(e.getCause());
      throw e.getCause();
    }
    if (Arrays.asList("executeUpdate", "commit").contains(method.getName())) {
      Recorder.stored();
    }
    return result instanceof Connection
        ? noting(result, Connection.class)
        : result instanceof PreparedStatement ? noting(result, PreparedStatement.class) : result;
  }
}
