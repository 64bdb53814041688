package io.github.conflictguard.conflict;

import io.github.conflictguard.store.CounterStore;
import io.github.conflictguard.store.CounterStoreContract;
import io.github.conflictguard.store.JdbcStore;
import io.github.conflictguard.store.StoreTable;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The store in each database that lets several transactions write. */
@ParameterizedClass
@MethodSource("products")
class StoreDatabasesTest extends CounterStoreContract {

  private final Product product;
  private final JdbcStore store;

  StoreDatabasesTest(Product product) {
    this.product = product;
    this.store = new JdbcStore(product::connect, new StoreTable(null, "cg_"), "node");
  }

  static List<Product> products() {
    return Product.here().stream()
        .filter(product -> product.locksRows() && !product.name().endsWith("_OF_2005"))
        .toList();
  }

  @BeforeEach
  void createTable() throws Exception {
    product.start();
    store.check(true);
  }

  @Override
  protected CounterStore store() {
    return store;
  }

  @Override
  protected Connection connect() throws Exception {
    return product.connect();
  }
}
