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
 * The request attributes of an internal GET: those of the write, and on top of them what the
 * application has set and removed since. The write's own attributes do not change. Safe for use by
 * several threads.
 */
final class ProbeAttributes {

  private static final Object REMOVED = new Object();

  /**
   * What dispatchers tell each other. They read some of it behind all wrappers, so it is written
   * through, and {@link RequestSnapshot} puts back what is left of it.
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
   * @param value null removes it
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
