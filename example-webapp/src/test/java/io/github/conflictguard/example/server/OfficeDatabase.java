package io.github.conflictguard.example.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.tools.Server;

/**
 * A database in this JVM that a forked office uses over TCP, so that a test can look into it.
 *
 * <p>Each instance is empty at first and forgotten when it is closed.
 */
public final class OfficeDatabase implements AutoCloseable {

  private final Server server;
  private final String url;

  private OfficeDatabase(Server server) {
    this.server = server;
    this.url =
        "jdbc:h2:tcp://127.0.0.1:%d/mem:%s;DB_CLOSE_DELAY=-1"
            .formatted(server.getPort(), UUID.randomUUID());
  }

  /** Starts a database that this machine alone can reach. */
  public static OfficeDatabase start() throws SQLException {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    return new OfficeDatabase(
        Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-tcpDaemon").start());
  }

  /** What the office is told as {@code office.jdbc.url}. */
  public String url() {
    return url;
  }

  /** A connection for the test itself. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "sa", "");
  }

  /** The one text that a query for it finds; null when it finds no row. */
  public String text(String query, Object... parameters) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = connect()) {
      connection.createStatement().execute("SHUTDOWN");
    } finally {
      server.stop();
    }
  }
}
