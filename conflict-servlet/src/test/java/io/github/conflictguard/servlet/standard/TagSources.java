package io.github.conflictguard.servlet.standard;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the record at {@code /x}, one for each source of entity tags that the filter judges.
 */
final class TagSources {

  /** What the resolver shows; tests that use it run one after the other. */
  static volatile SelectedRepresentation resolved = SelectedRepresentation.untagged();

  private TagSources() {}

  /** The rules file for a source, which may end in {@code +ask}. */
  static String rules(String source, String more) {
    boolean ask = source.endsWith("+ask");
    String tag =
        switch (source.replace("+ask", "")) {
          case "query" ->
              "{\"source\": \"query\", \"dataSource\": \"attribute:db\","
                  + " \"sql\": \"SELECT version FROM item\"}";
          case "resolver" ->
              "{\"source\": \"resolver\", \"class\": \"" + Resolver.class.getName() + "\"}";
          default -> '"' + source.replace("+ask", "") + '"';
        };
    return "{\"rules\": [{\"name\": \"x\", \"key\": \"x\", \"read\": \"/x\", \"write\": \"/x\","
        + (" \"tag\": " + tag + ", \"allowInternalGet\": " + ask)
        + (more.isEmpty() ? "" : ", " + more)
        + "}]}";
  }

  /** A database with one row, at version 1. */
  static DataSource database() throws SQLException {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (version INT)");
      statement.execute("INSERT INTO item VALUES (1)");
    }
    resolved = SelectedRepresentation.present(EntityTag.strong("v1"), null);
    return new OneDatabase(url);
  }

  /** Named by the rules. */
  public static final class Resolver implements StateResolver {

    @Override
    public SelectedRepresentation resolve(Map<String, String> variables) {
      return resolved;
    }
  }

  private record OneDatabase(String url) implements DataSource {

    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("no wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
