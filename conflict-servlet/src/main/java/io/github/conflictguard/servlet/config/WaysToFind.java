package io.github.conflictguard.servlet.config;

import io.github.conflictguard.event.ConflictEvent.Found;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The setting {@code detectBy}: how conflicts of the application are detected. */
final class WaysToFind {

  private static final Map<String, Found> BY_NAME = new LinkedHashMap<>();

  static {
    for (Found way : EnumSet.complementOf(EnumSet.of(Found.PRECONDITION, Found.LOCK))) {
      BY_NAME.put(way.code(), way);
    }
  }

  private WaysToFind() {}

  static Set<Found> in(SettingReader given) throws ServletException {
    Set<Found> ways = EnumSet.noneOf(Found.class);
    ways.addAll(given.list(Setting.DETECT_BY, WaysToFind::named, BY_NAME.keySet().toString()));
    return ways;
  }

  private static Found named(String name) {
    Found way = BY_NAME.get(name);
    if (way == null) {
      throw new IllegalArgumentException(name);
    }
    return way;
  }
}
