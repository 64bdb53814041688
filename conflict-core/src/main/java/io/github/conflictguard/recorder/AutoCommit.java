package io.github.conflictguard.recorder;

/** Determines whether a JDBC statement is in auto-commit mode. */
final class AutoCommit {

  private AutoCommit() {}

  /**
   * Returns whether changes of the statement are committed automatically. Uses reflection and the
   * public interface: JDBC is not visible to the boot class loader, and the classes of drivers are
   * not always public.
   *
   * @return false also if it cannot be determined, so that changes count only after a commit
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
