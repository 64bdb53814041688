package com.example.orders.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import lombok.RequiredArgsConstructor;
import lombok.SneakyThrows;
import org.springframework.stereotype.Component;

/** Another transaction, which has changed a customer and does not end. */
@Component
@RequiredArgsConstructor
public class RowHolder {

  private final DataSource dataSource;
  private Connection holding;

  @SneakyThrows(SQLException.class)
  public synchronized void hold(long id) {
    holding = dataSource.getConnection();
    holding.setAutoCommit(false);
    try (PreparedStatement update =
        holding.prepareStatement("update customer set name = name where id = ?")) {
      update.setLong(1, id);
      update.executeUpdate();
    }
  }

  @SneakyThrows(SQLException.class)
  public synchronized void letGo() {
    if (holding != null) {
      holding.rollback();
      holding.close();
      holding = null;
    }
  }
}
