package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.match.PathPattern;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another filter of the application, and its position according to the stack of a request.
 * Immutable.
 */
final class Neighbour {

  /** Classes that call the rest of the chain themselves, on behalf of filters of any kind. */
  private static final Set<String> OF_EVERY_KIND =
      new HashSet<>(
          Arrays.asList(
              "org.springframework.web.filter.OncePerRequestFilter",
              "org.springframework.web.filter.GenericFilterBean",
              "org.springframework.web.filter.DelegatingFilterProxy"));

  /** The packages found on the stack behind the proxy of a bean that controls access. */
  private static final List<String> SECURITY_PACKAGES =
      Arrays.asList("org.springframework.security.web.", "org.apache.shiro.web.");

  private final FilterRole role;
  private final String name;
  private final String className;
  private final @Nullable ProxiedBean bean;
  private final Collection<String> mappings;
  private final List<PathPattern> patterns = new ArrayList<>();
  private final Set<String> ownClasses = new HashSet<>();
  private final Set<String> sharedClasses = new HashSet<>();

  private Neighbour(
      FilterRole role,
      FilterRegistration registration,
      @Nullable ProxiedBean bean,
      @Nullable ClassLoader loader) {
    this.role = role;
    this.name = registration.getName();
    this.className = registration.getClassName();
    this.bean = bean;
    this.mappings = registration.getUrlPatternMappings();
    for (String pattern : mappings) {
      try {
        patterns.add(PathPattern.parse(pattern));
      } catch (IllegalArgumentException e) {
        // "/" and "" match few requests; the other patterns are decisive.
      }
    }
    collect(className, loader);
    String beanClass = bean == null ? null : bean.className();
    if (beanClass != null) {
      collect(beanClass, loader);
    }
  }

  /** Returns the neighbour for a registration; null when its role is not relevant. */
  static @Nullable Neighbour of(
      ServletContext context, FilterRegistration registration, @Nullable ClassLoader loader) {
    String className = registration.getClassName();
    if (className == null || !isMapped(registration)) {
      return null;
    }
    ProxiedBean bean = ProxiedBean.of(context, registration, loader);
    FilterRole role = bean == null ? FilterRole.ofClass(className) : bean.role();
    return role == null ? null : new Neighbour(role, registration, bean, loader);
  }

  /** Returns whether a filter has a mapping. Without one it is never called. */
  private static boolean isMapped(FilterRegistration registration) {
    return !registration.getUrlPatternMappings().isEmpty()
        || !registration.getServletNameMappings().isEmpty();
  }

  String name() {
    return name;
  }

  /** Returns whether the filter controls access. */
  boolean isOfSecurity() {
    return role == FilterRole.SECURITY;
  }

  /** Returns whether the filter compresses responses, according to its class. */
  boolean compresses() {
    return role == FilterRole.COMPRESSION;
  }

  /** Returns the bean to which the filter delegates, if it is a filter; otherwise null. */
  @Nullable Filter delegate() {
    Object found = bean == null ? null : bean.find();
    return found instanceof Filter ? (Filter) found : null;
  }

  /** Returns whether the filter is mapped to paths, not only to servlet names. */
  boolean isMappedToPaths() {
    return !mappings.isEmpty();
  }

  /** Returns whether the filter is mapped to this path. */
  boolean isMappedTo(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /**
   * Returns whether the filter is among those on the stack at this point; null when this request
   * does not determine it.
   */
  @Nullable Boolean isOn(StackTraceElement[] stack) {
    boolean shared = false;
    for (StackTraceElement frame : stack) {
      String caller = frame.getClassName();
      if (ownClasses.contains(caller) || (bean != null && isOfSecurity() && isSecurity(caller))) {
        return true;
      }
      shared |= sharedClasses.contains(caller);
    }
    return shared ? null : Boolean.FALSE;
  }

  private static boolean isSecurity(String caller) {
    return SECURITY_PACKAGES.stream().anyMatch(caller::startsWith);
  }

  /**
   * Reports a wrong position of the filter.
   *
   * @param order how to place it in front
   */
  void report(boolean inFront, String order, Findings findings) {
    if (inFront) {
      role.foundInFront(this, findings);
    } else {
      role.foundBehind(this, order, findings);
    }
  }

  private void collect(String typeName, @Nullable ClassLoader loader) {
    add(typeName);
    try {
      Class<?> type = Class.forName(typeName, false, loader);
      for (Class<?> each = type; each != null && each != Object.class; ) {
        add(each.getName());
        each = each.getSuperclass();
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // In this case only its own name is used.
    }
  }

  private void add(String typeName) {
    (OF_EVERY_KIND.contains(typeName) ? sharedClasses : ownClasses).add(typeName);
  }

  @Override
  public String toString() {
    return "Filter '" + name + "' (" + className + ")";
  }
}
