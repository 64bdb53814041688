package io.github.conflictguard.recorder;

/** Asks a JDBC statement whether its changes last by themselves. */
final class AutoCommit {

  private AutoCommit() {}

  /**
   * By reflection and through the public interface: JDBC is out of sight of the boot class loader,
   * and the classes of drivers are not always public.
   *
   * @return false also where nobody can tell, so that a commit is waited for
   */
  static boolean isOnFor(Object statement) {
    try {
      ClassLoader loader = statement.getClass().getClassLoader();
      Class<?> statements = Class.forName("java.sql.Statement", false, loader);
      Class<?> connections = Class.forName("java.sql.Connection", false, loader);
      Object connection = statements.getMethod("getConnection").invoke(statement);
      return Boolean.TRUE.equals(connections.getMethod("getAutoCommit").invoke(connection));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
