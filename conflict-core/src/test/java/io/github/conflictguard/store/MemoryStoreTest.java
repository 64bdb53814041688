package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.DriverManager;

/** The store in memory. */
class MemoryStoreTest extends CounterStoreContract {

  private final MemoryStore store = new MemoryStore();

  @Override
  protected CounterStore store() {
    return store;
  }

  @Override
  protected Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:h2:mem:");
  }

  @Override
  protected boolean isTransactional() {
    return false;
  }
}
