package io.github.conflictguard.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.tools.RunScript;

/** The database schema: creates missing tables and inserts the first customers into empty ones. */
final class Schema {

  private Schema() {}

  static void prepare(DataSource dataSource) throws SQLException, IOException {
    try (Connection connection = dataSource.getConnection()) {
      run(connection, "schema.sql");
      if (isEmpty(connection)) {
        run(connection, "seed.sql");
      }
    }
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 FROM customer FETCH FIRST ROW ONLY")) {
      return !rows.next();
    }
  }

  private static void run(Connection connection, String script) throws SQLException, IOException {
    try (InputStream bytes = Schema.class.getResourceAsStream(script);
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      RunScript.execute(connection, text);
    }
  }
}
