package io.github.conflictguard.servlet.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * One node of an application, run in a JVM of its own. A PUT replaces the value of a record without
 * looking at the present one, and records which value the client has replaced.
 */
public final class ClusterNode {

  private static final String RULES =
      """
      {"store": {"dataSource": "attribute:office"},
       "rules": [{"name": "record", "tag": "counter", "key": "record/{id}",
         "read": "/record/{id}", "write": "/record/{id}", "required": true}]}
      """;

  private final DataSource dataSource;
  private final int isolation;

  private ClusterNode(DataSource dataSource, int isolation) {
    this.dataSource = dataSource;
    this.isolation = isolation;
  }

  /** Arguments: the address of the database, {@code pool} or {@code plain}, the isolation level. */
  public static void main(String[] arguments) throws Exception {
    DataSource dataSource = arguments[1].equals("pool") ? pool(arguments[0]) : plain(arguments[0]);
    ClusterNode node = new ClusterNode(dataSource, Integer.parseInt(arguments[2]));
    FilterServer server = new FilterServer();
    server
        .rules(RULES)
        .attribute("office", dataSource)
        .filter(new ConflictFilter(), Map.of())
        .handle("/record/*", node::serve)
        .start();
    System.out.println("port " + server.port());
    while (System.in.read() >= 0) {
      // The test ends the node by closing the pipe, or by a signal.
    }
    System.exit(0);
  }

  private static DataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  private static DataSource plain(String url) {
    return (DataSource)
        Proxy.newProxyInstance(
            ClusterNode.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> DriverManager.getConnection(url));
  }

  private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int id = Integer.parseInt(request.getPathInfo().substring(1));
    try (Connection connection = dataSource.getConnection()) {
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
      String value = valueOf(connection, id);
      if (request.getMethod().equals("GET")) {
        connection.commit();
        response.setContentType("text/plain");
        response.getWriter().write(value);
        return;
      }
      think();
      change(
          connection,
          "update record set content = ? where id = ?",
          request.getParameter("value"),
          id);
      change(
          connection,
          "insert into link (content, base, id) values (?, '"
              + request.getParameter("base").replaceAll("[^a-z0-9-]", "")
              + "', ?)",
          request.getParameter("value"),
          id);
      connection.commit();
      response.setStatus(204);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static String valueOf(Connection connection, int id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select content from record where id = ?")) {
      select.setInt(1, id);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private static void change(Connection connection, String sql, String value, int id)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, value);
      update.setInt(2, id);
      update.executeUpdate();
    }
  }

  /** Real applications need time between their reads and their writes. */
  private static void think() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(4));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
