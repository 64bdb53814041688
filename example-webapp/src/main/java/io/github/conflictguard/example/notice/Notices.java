package io.github.conflictguard.example.notice;

import io.github.conflictguard.example.web.ClientErrorException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The notices on the notice board, by name. */
public final class Notices {

  private final DataSource dataSource;

  public Notices(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns the text of the notice. */
  String get(String name) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT text FROM notice WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw ClientErrorException.notFound("there is no such notice");
        }
        return rows.getString(1);
      }
    }
  }

  /** Adds a notice, or replaces the one with that name. */
  void put(String name, String text) throws SQLException {
    // tag::call[]
    GuardPolicy oneByOne =
        GuardPolicy.builder().handler("notices").retry(3).lock("notice/" + name).build();
    ConflictGuard.run(
        oneByOne,
        () -> update("MERGE INTO notice (name, text) KEY (name) VALUES (?, ?)", name, text));
    // end::call[]
  }

  /** Updates an existing notice. */
  void change(String name, String text) throws SQLException {
    if (update("UPDATE notice SET text = ? WHERE name = ?", text, name) == 0) {
      throw ClientErrorException.notFound("there is no such notice");
    }
  }

  /** Removes a notice. */
  void remove(String name) throws SQLException {
    if (update("DELETE FROM notice WHERE name = ?", name) == 0) {
      throw ClientErrorException.notFound("there is no such notice");
    }
  }

  private int update(String sql, String... values) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setString(i + 1, values[i]);
      }
      return update.executeUpdate();
    }
  }
}
