package io.github.conflictguard.servlet.swallow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A table of customers with unique e-mail addresses, in a database of its own in memory. */
public final class Customers {

  private static int databases;

  private final DataSource source;

  /** Works on what {@link #newDatabase()} made, whatever was put in front of it. */
  public Customers(DataSource source) {
    this.source = source;
  }

  public static synchronized DataSource newDatabase() throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:swallow" + databases++ + ";DB_CLOSE_DELAY=-1");
    try (Connection connection = source.getConnection()) {
      connection
          .createStatement()
          .execute(
              "CREATE TABLE customer (email VARCHAR(80) NOT NULL,"
                  + " CONSTRAINT uk_customer_email UNIQUE (email))");
    }
    return source;
  }

  public void add(String email) throws SQLException {
    try (Connection connection = source.getConnection()) {
      add(email, connection);
    }
  }

  /** Begins its transaction anew, with the other address, when the first one is taken. */
  public void addEither(String email, String other) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        add(email, connection);
      } catch (SQLException e) {
        connection.rollback();
        add(other, connection);
      }
      connection.commit();
    }
  }

  private static void add(String email, Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO customer VALUES (?)")) {
      insert.setString(1, email);
      insert.executeUpdate();
    }
  }

  public int count() throws SQLException {
    try (Connection connection = source.getConnection();
        ResultSet count =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM customer")) {
      count.next();
      return count.getInt(1);
    }
  }
}
