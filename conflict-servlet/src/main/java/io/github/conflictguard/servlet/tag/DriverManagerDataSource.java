package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.servlet.rule.DataSourceSpec;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that is described by a JDBC URL. It opens a new connection each time: an
 * application that has a pool should refer to the pool instead.
 */
final class DriverManagerDataSource implements DataSource {

  private final DataSourceSpec spec;

  DriverManagerDataSource(DataSourceSpec spec) {
    this.spec = spec;
    String driver = spec.driver();
    if (driver != null) {
      try {
        Class.forName(driver, true, Thread.currentThread().getContextClassLoader());
      } catch (ClassNotFoundException | LinkageError e) {
        throw new IllegalArgumentException("the driver '" + driver + "' cannot be loaded", e);
      }
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(spec.user(), spec.password());
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    return DriverManager.getConnection(spec.url(), properties);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("This data source wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
