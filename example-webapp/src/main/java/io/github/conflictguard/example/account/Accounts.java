package io.github.conflictguard.example.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The table of accounts. That a user name occurs once is a constraint of the database. */
public final class Accounts {

  private final DataSource dataSource;

  public Accounts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Stores a new account. */
  public void add(String username, String email) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO account (username, email) VALUES (?, ?)")) {
      insert.setString(1, username);
      insert.setString(2, email);
      insert.executeUpdate();
    }
  }
}
