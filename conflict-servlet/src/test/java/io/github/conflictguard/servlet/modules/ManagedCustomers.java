package io.github.conflictguard.servlet.modules;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Customers in the server's own database, by the server's own driver, Hibernate and JTA. */
final class ManagedCustomers {

  private final InitialContext names;

  ManagedCustomers() throws NamingException {
    names = new InitialContext();
  }

  void addByJdbc(String email) throws Exception {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO ManagedCustomer VALUES (?)")) {
      insert.setString(1, email);
      insert.executeUpdate();
    }
  }

  void addByJpa(String email) throws Exception {
    EntityManagerFactory factory =
        (EntityManagerFactory) names.lookup("java:jboss/customers-factory");
    UserTransaction transaction = (UserTransaction) names.lookup("java:jboss/UserTransaction");
    transaction.begin();
    EntityManager entities = factory.createEntityManager();
    try {
      entities.joinTransaction();
      entities.persist(new ManagedCustomer(email));
      transaction.commit();
    } finally {
      entities.close();
    }
  }

  int count() throws Exception {
    try (Connection connection = connect();
        ResultSet count =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM ManagedCustomer")) {
      count.next();
      return count.getInt(1);
    }
  }

  private Connection connect() throws Exception {
    return ((DataSource) names.lookup("java:jboss/datasources/ExampleDS")).getConnection();
  }
}
