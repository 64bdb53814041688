package io.github.conflictguard.store;

import java.sql.Connection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A store in the memory of this JVM, for tests and single nodes. It takes no part in transactions:
 * a counter that was advanced stays advanced after a rollback. Thread-safe.
 */
final class MemoryStore implements CounterStore {

  private final ConcurrentMap<String, Long> counters = new ConcurrentHashMap<>();

  @Override
  public long read(String id) {
    return counters.getOrDefault(id, UNWRITTEN);
  }

  @Override
  public boolean ensure(String id) {
    return counters.putIfAbsent(id, UNWRITTEN) == null;
  }

  @Override
  public long advance(String id) {
    return counters.compute(
        id, (any, value) -> CounterStore.after(value == null ? UNWRITTEN : value));
  }

  @Override
  public long advanceFrom(String id, long expected) {
    long next = CounterStore.after(expected);
    return counters.replace(id, expected, next) ? next : expected;
  }

  @Override
  public boolean isIn(Connection connection) {
    return true;
  }

  @Override
  public boolean advance(Connection connection, String id, long expected, long next) {
    return counters.replace(id, expected, next);
  }

  @Override
  public boolean advance(Connection connection, String id) {
    return counters.computeIfPresent(id, (any, value) -> CounterStore.after(value)) != null;
  }
}
