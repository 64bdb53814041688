package io.github.conflictguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.resource.ResourceKey;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store does. */
public abstract class CounterStoreContract {

  private static final AtomicInteger KEYS = new AtomicInteger();

  private final String id =
      new ResourceIds("/office").of(ResourceKey.of("customer/" + KEYS.incrementAndGet()));

  /** Returns the store, with a table. */
  protected abstract CounterStore store() throws Exception;

  /** Opens a connection of the application, in auto-commit mode. */
  protected abstract Connection connect() throws Exception;

  /** Returns whether the store takes part in transactions. */
  protected boolean isTransactional() {
    return true;
  }

  @Test
  void readingStoresNothing() throws Exception {
    assertEquals(CounterStore.UNWRITTEN, store().read(id));
    try (Connection connection = connect()) {
      assertFalse(store().advance(connection, id));
    }
  }

  @Test
  void advancedCounterGrows() throws Exception {
    long first = store().advance(id);
    long second = store().advance(id);

    assertTrue(CounterStore.UNWRITTEN < first && first < second, first + ", " + second);
    assertEquals(second, store().read(id));
  }

  @Test
  void ensuredCounterKeepsItsValue() throws Exception {
    store().ensure(id);
    assertEquals(CounterStore.UNWRITTEN, store().read(id));
    long value = store().advance(id);
    store().ensure(id);

    assertEquals(value, store().read(id));
  }

  @Test
  void counterAdvancesFromItsExpectedValueOnly() throws Exception {
    store().ensure(id);
    try (Connection connection = connect()) {
      assertTrue(store().isIn(connection));
      long next = CounterStore.after(CounterStore.UNWRITTEN);
      assertTrue(store().advance(connection, id, CounterStore.UNWRITTEN, next));
      assertFalse(store().advance(connection, id, CounterStore.UNWRITTEN, next + 1));
      assertEquals(next, store().read(id));
      assertTrue(store().advance(connection, id));
      assertTrue(store().read(id) > next);
    }
  }

  @Test
  void counterThatAnotherWriteHasAdvancedIsLeft() throws Exception {
    long first = store().advance(id);
    long second = store().advanceFrom(id, first);
    assertTrue(first < second);
    assertEquals(first, store().advanceFrom(id, first));
    assertEquals(second, store().read(id));
  }

  @Test
  void ofSeveralWritesFromOneStateOneAdvances() throws Exception {
    store().ensure(id);
    int writers = 4;
    CyclicBarrier together = new CyclicBarrier(writers);
    List<Callable<Boolean>> writes = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      long next = CounterStore.after(CounterStore.UNWRITTEN) + i;
      writes.add(
          () -> {
            try (Connection connection = connect()) {
              together.await(30, TimeUnit.SECONDS);
              return store().advance(connection, id, CounterStore.UNWRITTEN, next);
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    int advanced = 0;
    try {
      for (Future<Boolean> write : threads.invokeAll(writes)) {
        advanced += write.get() ? 1 : 0;
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, advanced);
  }

  @Test
  void severalNodesMayCreateOneCounter() throws Exception {
    int nodes = 4;
    CyclicBarrier together = new CyclicBarrier(nodes);
    List<Callable<Long>> writes = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      writes.add(
          () -> {
            together.await(30, TimeUnit.SECONDS);
            return store().advance(id);
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(nodes);
    try {
      for (Future<Long> write : threads.invokeAll(writes)) {
        assertTrue(write.get() > CounterStore.UNWRITTEN);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void rolledBackTransactionLeavesTheCounter() throws Exception {
    store().ensure(id);
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      long next = CounterStore.after(CounterStore.UNWRITTEN);
      assertTrue(store().advance(connection, id, CounterStore.UNWRITTEN, next));
      connection.rollback();

      assertEquals(isTransactional() ? CounterStore.UNWRITTEN : next, store().read(id));
    }
  }
}
