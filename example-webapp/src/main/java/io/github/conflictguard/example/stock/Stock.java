package io.github.conflictguard.example.stock;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The items in the stock, in memory: a restart removes them. */
final class Stock {

  private static final Stock ROOM = new Stock();

  private final Map<String, Item> items = new ConcurrentHashMap<>();

  private Stock() {}

  /** Returns the only instance. */
  static Stock room() {
    return ROOM;
  }

  /** Returns the item, or null if it does not exist. */
  Item find(String item) {
    return items.get(item);
  }

  /** Stores the item, and returns its new state. */
  Item put(String item, String label, Integer pieces) {
    return items.compute(
        item,
        (name, old) ->
            new Item(name, label, pieces, old == null ? 1 : old.revision() + 1, Instant.now()));
  }

  void remove(String item) {
    items.remove(item);
  }

  /**
   * An item in the stock.
   *
   * @param revision the number of times that it was stored
   * @param stored the time at which it was stored
   */
  record Item(String item, String label, Integer pieces, int revision, Instant stored) {}
}
