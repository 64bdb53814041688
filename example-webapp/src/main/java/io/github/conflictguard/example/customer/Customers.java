package io.github.conflictguard.example.customer;

import io.github.conflictguard.example.web.ClientErrorException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The customer table, accessed by plain JDBC. Its rules are the constraints of the database.
 *
 * <p>An unknown identifier results in a 404 response.
 */
public final class Customers {

  private final DataSource dataSource;

  public Customers(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns all customers in the order of their identifiers. */
  public List<Customer> all() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT id, name, email, phone FROM customer ORDER BY id");
        ResultSet rows = query.executeQuery()) {
      List<Customer> customers = new ArrayList<>();
      while (rows.next()) {
        customers.add(customer(rows));
      }
      return customers;
    }
  }

  /** Returns the customer with that identifier. */
  public Customer get(long id) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT id, name, email, phone FROM customer WHERE id = ?")) {
      query.setLong(1, id);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw absent(id);
        }
        return customer(rows);
      }
    }
  }

  /** Stores a new customer, and returns it with its generated identifier. */
  public Customer add(Customer customer) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO customer (name, email, phone) VALUES (?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
      setFields(insert, customer);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return customer.withId(keys.getLong(1));
      }
    }
  }

  /** Overwrites the stored customer. */
  public void replace(Customer customer) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE customer SET name = ?, email = ?, phone = ? WHERE id = ?")) {
      setFields(update, customer);
      update.setLong(4, customer.id());
      if (update.executeUpdate() == 0) {
        throw absent(customer.id());
      }
    }
  }

  /** Removes the customer. */
  public void remove(long id) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM customer WHERE id = ?")) {
      delete.setLong(1, id);
      if (delete.executeUpdate() == 0) {
        throw absent(id);
      }
    }
  }

  private static void setFields(PreparedStatement statement, Customer customer)
      throws SQLException {
    statement.setString(1, customer.name());
    statement.setString(2, customer.email());
    statement.setString(3, customer.phone());
  }

  private static Customer customer(ResultSet row) throws SQLException {
    return new Customer(
        row.getLong("id"), row.getString("name"), row.getString("email"), row.getString("phone"));
  }

  private static ClientErrorException absent(long id) {
    return ClientErrorException.notFound("there is no customer " + id);
  }
}
