package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The validators that an application sets, until it is known whether its body is rewritten. Those
 * of another body would lie: a strong tag changes with each byte (RFC 9110, 8.8.1), and by a date
 * caches may use a page again whose tokens are spent (RFC 9111, 4.2.2). Not every container can
 * take a header back, so they wait. One thread at a time.
 */
final class HeldValidators {

  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static boolean isOne(String name) {
    return name.equalsIgnoreCase("ETag") || name.equalsIgnoreCase("Last-Modified");
  }

  void set(String name, @Nullable String value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  Collection<String> all(String name) {
    String value = values.get(name);
    return value == null ? Collections.<String>emptyList() : Collections.singletonList(value);
  }

  Collection<String> namesWith(Collection<String> others) {
    if (values.isEmpty()) {
      return others;
    }
    Set<String> names = new LinkedHashSet<>(others);
    names.addAll(values.keySet());
    return names;
  }

  /** Gives them to the container. */
  void sendTo(HttpServletResponse response) {
    values.forEach(response::setHeader);
    values.clear();
  }

  void forget() {
    values.clear();
  }
}
