package io.github.conflictguard.count;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The counters of each guarded method that has had anything to count, by its name. Thread-safe.
 *
 * @param <T> the counters of one method
 */
final class CountsByHandler<T> {

  /** Far more than the guarded methods of an application; further ones are counted together. */
  static final int MOST = 1000;

  private static final String OTHERS = "*";

  private final ConcurrentHashMap<String, T> all = new ConcurrentHashMap<>();
  private final Function<String, T> create;

  CountsByHandler(Function<String, T> create) {
    this.create = create;
  }

  /** Returns all counters, ordered by the names of their methods. */
  List<T> all() {
    return new ArrayList<>(new TreeMap<>(all).values());
  }

  T of(String handler) {
    T known = all.get(handler);
    return known == null
        ? all.computeIfAbsent(all.size() < MOST ? handler : OTHERS, create)
        : known;
  }
}
