package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.response.BodyElsewhere;
import jakarta.servlet.ServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The request attributes of an internal GET: those of the write, with the attributes that the
 * application has set and removed since. The write's own attributes do not change. Thread-safe.
 */
final class ProbeAttributes {

  private static final Object REMOVED = new Object();

  /**
   * The prefixes of attributes that dispatchers exchange. Containers read some of them from the
   * innermost request, so they are set there as well, and {@link RequestSnapshot} restores the
   * remaining ones.
   */
  private static final String[] OF_DISPATCHERS = {
    "jakarta.servlet.include.", "jakarta.servlet.forward.", "org.apache.catalina.core.DISPATCHER_",
  };

  private final Map<String, Object> changes = new ConcurrentHashMap<>();

  @Nullable Object get(ServletRequest write, String name) {
    Object own = changes.get(name);
    if (own != null) {
      return own == REMOVED ? null : own;
    }
    return BodyElsewhere.isOffer(name) ? null : write.getAttribute(name);
  }

  Enumeration<String> names(ServletRequest write) {
    Set<String> names = new LinkedHashSet<>(Collections.list(write.getAttributeNames()));
    names.removeIf(BodyElsewhere::isOffer);
    changes.forEach(
        (name, value) -> {
          if (value == REMOVED) {
            names.remove(name);
          } else {
            names.add(name);
          }
        });
    return Collections.enumeration(new ArrayList<>(names));
  }

  /**
   * Sets an attribute.
   *
   * @param value the value, or null to remove the attribute
   */
  void set(ServletRequest write, String name, @Nullable Object value) {
    if (!isOfDispatchers(name)) {
      changes.put(name, value == null ? REMOVED : value);
    } else if (value == null) {
      write.removeAttribute(name);
    } else {
      write.setAttribute(name, value);
    }
  }

  private static boolean isOfDispatchers(String name) {
    for (String prefix : OF_DISPATCHERS) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
