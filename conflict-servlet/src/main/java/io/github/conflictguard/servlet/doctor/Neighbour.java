package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.rule.PathPattern;
import jakarta.servlet.FilterRegistration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another filter of the application, and where it stands as the stack of a request tells.
 * Immutable.
 */
final class Neighbour {

  /** Superclasses that call the rest of the chain themselves, for filters of every kind. */
  private static final Set<String> OF_EVERY_KIND =
      new HashSet<>(
          Arrays.asList(
              "org.springframework.web.filter.OncePerRequestFilter",
              "org.springframework.web.filter.GenericFilterBean"));

  private static final String SPRING = "org.springframework.security.web.";

  private final FilterRole role;
  private final String name;
  private final String className;
  private final List<PathPattern> patterns = new ArrayList<>();
  private final Set<String> ownClasses = new HashSet<>();
  private final Set<String> sharedClasses = new HashSet<>();

  private Neighbour(
      FilterRole role, FilterRegistration registration, @Nullable ClassLoader loader) {
    this.role = role;
    this.name = registration.getName();
    this.className = registration.getClassName();
    Collection<String> mappings = registration.getUrlPatternMappings();
    for (String pattern : mappings) {
      try {
        patterns.add(PathPattern.parse(pattern));
      } catch (IllegalArgumentException e) {
        // "/" and "" are the business of few requests; the others tell.
      }
    }
    ownClasses.add(className);
    try {
      collect(Class.forName(className, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      // Then its own name has to be enough.
    }
  }

  /** The neighbour that a registration is; null when it does nothing that matters. */
  static @Nullable Neighbour of(FilterRegistration registration, @Nullable ClassLoader loader) {
    String className = registration.getClassName();
    FilterRole role = className == null ? null : FilterRole.of(registration.getName(), className);
    return role == null ? null : new Neighbour(role, registration, loader);
  }

  String name() {
    return name;
  }

  /** Whether it compresses answers, as far as its class tells. */
  boolean compresses() {
    return role == FilterRole.COMPRESSION;
  }

  /** Whether it is mapped to paths, and not to names of servlets alone. */
  boolean isMappedToPaths() {
    return !patterns.isEmpty();
  }

  /** Whether requests for this path pass it. */
  boolean isMappedTo(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /**
   * Whether it is among the filters that called each other up to this point; null when that cannot
   * be told from this request.
   */
  @Nullable Boolean isOn(StackTraceElement[] stack) {
    boolean shared = false;
    for (StackTraceElement frame : stack) {
      String caller = frame.getClassName();
      if (ownClasses.contains(caller) || (isOfSpringSecurity() && caller.startsWith(SPRING))) {
        return true;
      }
      shared |= sharedClasses.contains(caller);
    }
    return shared ? null : Boolean.FALSE;
  }

  /** Its own class is that of any bean. */
  private boolean isOfSpringSecurity() {
    return role == FilterRole.SECURITY && className.startsWith("org.springframework.");
  }

  void tell(boolean inFront, Findings findings) {
    String called = "Filter '" + name + "' (" + className + ")";
    if (inFront) {
      role.foundInFront(called, findings);
    } else {
      role.foundBehind(called, findings);
    }
  }

  private void collect(Class<?> type) {
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      (OF_EVERY_KIND.contains(each.getName()) ? sharedClasses : ownClasses).add(each.getName());
    }
  }
}
