package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.match.PathPattern;
import io.github.conflictguard.servlet.match.RequestPath;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The filters of the application, and the position of this filter among them: according to {@code
 * web.xml}, or determined from the first requests that pass them. Safe for use by several threads.
 */
final class Neighbourhood {

  private final Findings findings;
  private final String guard;
  private final boolean registeredByJar;
  private final DeclaredOrder declared;
  private final List<Neighbour> unplaced = new CopyOnWriteArrayList<>();
  private final List<Neighbour> deciders = new CopyOnWriteArrayList<>();
  private final List<Neighbour> lateDeciders = new CopyOnWriteArrayList<>();
  private final List<Neighbour> compressingInFront = new CopyOnWriteArrayList<>();
  private final List<FilterRegistration> instances = new ArrayList<>();

  /** The names of the other filters with their classes. */
  private final Map<String, String> others = new TreeMap<>();

  private final List<PathPattern> guarded = new ArrayList<>();

  private Neighbourhood(FilterConfig config, String guardClass, Findings findings) {
    this.findings = findings;
    this.guard = config.getFilterName();
    DeclaredOrder ofDescriptor = DeclaredOrder.of(config.getServletContext());
    // In this case the container calls the filter that the jar registers itself.
    this.registeredByJar = guard.equals(guardClass) && !ofDescriptor.isDeclared(guard);
    this.declared = registeredByJar ? ofDescriptor.with(guard) : ofDescriptor;
  }

  /**
   * Inspects the filters of the application.
   *
   * @param config the configuration of this filter
   * @param guardClass the name of its class
   */
  static Neighbourhood of(FilterConfig config, String guardClass, Findings findings) {
    Neighbourhood all = new Neighbourhood(config, guardClass, findings);
    ServletContext context = config.getServletContext();
    // Embedded containers may have no class loader of the application's own.
    ClassLoader application = context.getClassLoader();
    ClassLoader loader = application == null ? Neighbourhood.class.getClassLoader() : application;
    for (FilterRegistration each : context.getFilterRegistrations().values()) {
      if (guardClass.equals(each.getClassName())) {
        all.instances.add(each);
      } else {
        all.others.put(each.getName(), String.valueOf(each.getClassName()));
        Neighbour neighbour = Neighbour.of(context, each, loader);
        if (neighbour != null) {
          all.meet(neighbour);
        }
      }
    }
    all.collectPatterns();
    all.compareInstances();
    return all;
  }

  private void meet(Neighbour neighbour) {
    Boolean inFront = declared.isInFront(neighbour.name(), guard);
    if (inFront == null && neighbour.isMappedToPaths()) {
      unplaced.add(neighbour);
    } else {
      // Filters mapped to servlet names come last.
      place(neighbour, Boolean.TRUE.equals(inFront));
    }
  }

  private void place(Neighbour neighbour, boolean inFront) {
    if (neighbour.isOfSecurity()) {
      (inFront ? deciders : lateDeciders).add(neighbour);
    }
    if (inFront && neighbour.compresses()) {
      compressingInFront.add(neighbour);
    }
    neighbour.report(inFront, cureFor(neighbour), findings);
  }

  /**
   * Returns how to place a neighbour in front of this filter, given their current registrations.
   */
  private String cureFor(Neighbour neighbour) {
    if (!neighbour.isMappedToPaths()) {
      return "Map it to URL patterns in web.xml"
          + (registeredByJar ? "" : ", in front of the filter-mapping of the guard")
          + ": filters that are mapped to the names of servlets come last";
    }
    if (declared.isDeclared(neighbour.name())) {
      return "Put the filter-mapping of the guard behind it, and map it to URL patterns: what is"
          + " mapped to the names of servlets comes last";
    }
    return "It is registered by a program, and not mapped in web.xml: register the guard there as"
        + " well, behind it ("
        + (registeredByJar
            ? "and set the context parameter conflictguard.register to false"
            : "in place of its filter-mapping in web.xml")
        + "), or map both in web.xml, the guard behind it";
  }

  private void collectPatterns() {
    for (FilterRegistration each : instances) {
      for (String pattern : each.getUrlPatternMappings()) {
        try {
          guarded.add(PathPattern.parse(pattern));
        } catch (IllegalArgumentException e) {
          // "/" and "" match almost nothing.
        }
      }
    }
  }

  /** Reports instances for the same paths; those for different paths may be intended. */
  private void compareInstances() {
    Set<String> patterns = new HashSet<>();
    List<String> names = new ArrayList<>();
    boolean shared = false;
    for (FilterRegistration each : instances) {
      names.add(each.getName());
      Collection<String> own = each.getUrlPatternMappings();
      shared |= own.contains("/*") || !Collections.disjoint(patterns, own);
      patterns.addAll(own);
    }
    if (names.size() > 1 && shared) {
      Collections.sort(names);
      findings.add(
          FindingCode.SECOND_INSTANCE,
          "",
          "The filter is there more than once, as "
              + names
              + "; for each request the first one counts and the others do nothing",
          "Declare one, or map each to paths of its own");
    }
  }

  /** Returns the position of the filter among the others, if it is known at the start. */
  String order() {
    List<String> names = declared.names();
    List<String> elsewhere = new ArrayList<>(others.keySet());
    elsewhere.add(guard);
    elsewhere.removeAll(names);
    if (elsewhere.isEmpty()) {
      return names.toString();
    }
    return (names.isEmpty() ? "" : names + ", ")
        + "the container does not tell where these stand: "
        + elsewhere;
  }

  /** Called when a request begins, on its thread, within the preceding filters. */
  void look(HttpServletRequest request) {
    if (unplaced.isEmpty()) {
      return;
    }
    String path = RequestPath.of(request);
    StackTraceElement[] stack = null;
    for (Neighbour neighbour : new ArrayList<>(unplaced)) {
      if (neighbour.isMappedTo(path)) {
        stack = stack == null ? new Throwable().getStackTrace() : stack;
        Boolean inFront = neighbour.isOn(stack);
        if (inFront != null && unplaced.remove(neighbour)) {
          place(neighbour, inFront);
        }
      }
    }
  }

  /** Returns whether a preceding filter compresses responses for this path. */
  boolean isCompressedInFront(String path) {
    return compressingInFront.stream().anyMatch(filter -> filter.isMappedTo(path));
  }

  /** Returns the URL patterns of all instances of this filter. */
  List<String> guardPatterns() {
    List<String> patterns = new ArrayList<>();
    guarded.forEach(pattern -> patterns.add(pattern.toString()));
    return patterns;
  }

  /** Returns whether the filter is mapped to a path. */
  boolean isGuarded(String path) {
    return guarded.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /** Returns whether the filter is mapped to forwarded requests, according to its declaration. */
  boolean isGuardMappedToForward() {
    return registeredByJar || declared.isMappedToForward(guard);
  }

  /** Returns whether {@code web.xml} maps the filter, and thus determines its dispatchers. */
  boolean isGuardDeclared() {
    return !registeredByJar && declared.isDeclared(guard);
  }

  /**
   * Returns whether the container, or a filter that does not follow this one, may refuse requests
   * before they reach this filter.
   */
  boolean isAccessDecidedInFront() {
    return declared.isConstrained()
        || !deciders.isEmpty()
        || unplaced.stream().anyMatch(Neighbour::isOfSecurity);
  }

  /**
   * Returns the filter behind this one that controls access to a path, if it can be called
   * separately; otherwise null.
   */
  @Nullable Filter deciderBehind(String path) {
    for (Neighbour neighbour : lateDeciders) {
      Filter delegate = neighbour.isMappedTo(path) ? neighbour.delegate() : null;
      if (delegate != null) {
        return delegate;
      }
    }
    return null;
  }

  /**
   * Returns the reason why requests bypass this filter, according to the filters of the
   * application.
   */
  BypassCause bypassCause() {
    for (BypassCause cause : BypassCause.values()) {
      if (others.values().stream().anyMatch(cause::isKnownOf)) {
        return cause;
      }
    }
    return BypassCause.UNKNOWN;
  }

  /** Returns the names of the filters that are known for a reason. */
  List<String> takers(BypassCause cause) {
    List<String> names = new ArrayList<>();
    others.forEach(
        (name, className) -> {
          if (cause.isKnownOf(className)) {
            names.add(name + " (" + className + ")");
          }
        });
    return names;
  }

  /** Returns the advice for a filter without a {@code filter-mapping}. */
  String inPlaceOfRegistration() {
    return registeredByJar
        ? " (declare the guard in web.xml for that; the jar then no longer registers it)"
        : "";
  }
}
