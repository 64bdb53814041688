package office;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Map;
import java.util.TreeMap;

/** The table of customers, whose names are unique. */
public final class Customers {

  private static final Map<Integer, Customer> TABLE = new TreeMap<Integer, Customer>();
  private static int last = 100;

  private Customers() {}

  /** A copy of the row, or null. */
  public static synchronized Customer get(Integer id) {
    Customer row = id == null ? null : TABLE.get(id);
    if (row == null) {
      return null;
    }
    Customer copy = new Customer();
    copy.setId(id);
    copy.copy(row);
    return copy;
  }

  /** Stores a new customer, and returns the key. */
  public static synchronized Integer add(Customer customer) throws SQLException {
    return store(++last, customer);
  }

  /** Stores a customer under the key. */
  public static synchronized Integer store(Integer id, Customer customer) throws SQLException {
    for (Map.Entry<Integer, Customer> other : TABLE.entrySet()) {
      if (other.getValue().getName().equals(customer.getName()) && !other.getKey().equals(id)) {
        throw new SQLIntegrityConstraintViolationException("Unique index CUSTOMER_NAME", "23505", 23505);
      }
    }
    Customer row = new Customer();
    row.copy(customer);
    TABLE.put(id, row);
    return id;
  }

  /** Deletes a row. */
  public static synchronized void remove(Integer id) {
    TABLE.remove(id);
  }

  static synchronized int size() {
    return TABLE.size();
  }
}
