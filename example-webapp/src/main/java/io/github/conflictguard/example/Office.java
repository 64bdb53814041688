package io.github.conflictguard.example;

import io.github.conflictguard.example.account.Accounts;
import io.github.conflictguard.example.customer.Customers;
import io.github.conflictguard.example.notice.Notices;
import io.github.conflictguard.example.order.Orders;
import io.github.conflictguard.example.web.Shared;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The listener that opens the database when the application is deployed, and closes it on undeploy.
 *
 * <p>The URL of the database is that of the context parameter {@code office.jdbc.url}; a system
 * property of the same name takes precedence.
 */
public final class Office implements ServletContextListener {

  private static final String URL = "office.jdbc.url";

  private JdbcConnectionPool pool;
  private EntityManagerFactory entityManagers;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    pool = JdbcConnectionPool.create(url(context), "sa", "");
    try {
      Schema.prepare(pool);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("The database of the office cannot be prepared", e);
    }
    entityManagers =
        Persistence.createEntityManagerFactory(
            "office", Map.of("jakarta.persistence.nonJtaDataSource", pool));
    context.setAttribute("office.database", pool);
    Shared.put(context, Notices.class, new Notices(pool));
    Shared.put(context, Accounts.class, new Accounts(pool));
    Shared.put(context, Customers.class, new Customers(pool));
    Shared.put(context, Orders.class, new Orders(entityManagers));
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (entityManagers != null) {
      entityManagers.close();
    }
    if (pool != null) {
      pool.dispose();
    }
    deregisterDrivers();
  }

  private static String url(ServletContext context) {
    return System.getProperty(URL, context.getInitParameter(URL));
  }

  /**
   * Deregisters H2, which registers itself with the JVM and would keep this application's classes
   * after undeploy.
   */
  private static void deregisterDrivers() {
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == Office.class.getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
          throw new IllegalStateException("The driver " + driver + " cannot be removed", e);
        }
      }
    }
  }
}
