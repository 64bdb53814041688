package io.github.conflictguard.servlet.formdata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A collector of parameters, in time proportional to their number. Not thread-safe. */
final class ParameterList {

  private static final String[] NONE = {};

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  void add(String name, String value) {
    // Nearly all have one value.
    values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
  }

  /** Returns the values by name, in the order in which they were sent. */
  Map<String, String[]> toMap() {
    Map<String, String[]> map = new LinkedHashMap<>(values.size() * 4 / 3 + 1);
    values.forEach((name, all) -> map.put(name, all.toArray(NONE)));
    return map;
  }
}
