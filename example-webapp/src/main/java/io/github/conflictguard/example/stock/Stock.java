package io.github.conflictguard.example.stock;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What lies in the store room. Kept in memory: a restart empties it. */
final class Stock {

  private static final Stock ROOM = new Stock();

  private final Map<String, Item> items = new ConcurrentHashMap<>();

  private Stock() {}

  /** The one store room that there is. */
  static Stock room() {
    return ROOM;
  }

  /** The item; null when there is none. */
  Item find(String item) {
    return items.get(item);
  }

  /** Stores the item, and says what lies there now. */
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
   * One item.
   *
   * @param revision how often it was stored
   * @param stored when that was
   */
  record Item(String item, String label, Integer pieces, int revision, Instant stored) {}
}
