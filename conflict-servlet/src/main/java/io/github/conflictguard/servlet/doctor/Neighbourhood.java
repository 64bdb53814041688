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
 * The filters of the application, and where the guard stands among them: as {@code web.xml} tells,
 * or as the first requests that concern them show. Safe for use by several threads.
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
    // So the jar calls the filter that it registers itself.
    this.registeredByJar = guard.equals(guardClass) && !ofDescriptor.isDeclared(guard);
    this.declared = registeredByJar ? ofDescriptor.with(guard) : ofDescriptor;
  }

  /**
   * Looks at the filters of the application.
   *
   * @param config that of the guard's filter
   * @param guardClass the name of its class
   */
  static Neighbourhood of(FilterConfig config, String guardClass, Findings findings) {
    Neighbourhood all = new Neighbourhood(config, guardClass, findings);
    ServletContext context = config.getServletContext();
    // Embedded containers may have none of the application's own.
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
      // What is mapped to names of servlets comes last.
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

  /** Returns how a neighbour comes to stand in front of the guard, as both are registered now. */
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
          // "/" and "" match next to nothing.
        }
      }
    }
  }

  /** Reports instances for the same paths; those for different paths may be on purpose. */
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

  /** Returns where the guard stands among the filters, as far as that is known at the start. */
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

  /** Called when a request begins, on the thread and inside of the filters that it came through. */
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

  /** Returns whether a filter that compresses stands in front of the guard, for this path. */
  boolean isCompressedInFront(String path) {
    return compressingInFront.stream().anyMatch(filter -> filter.isMappedTo(path));
  }

  /** Returns the URL patterns of all instances of the guard. */
  List<String> guardPatterns() {
    List<String> patterns = new ArrayList<>();
    guarded.forEach(pattern -> patterns.add(pattern.toString()));
    return patterns;
  }

  /** Returns whether requests for a path are to pass the guard. */
  boolean isGuarded(String path) {
    return guarded.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /** Returns whether forwarded requests pass the guard, as far as that is declared. */
  boolean isGuardMappedToForward() {
    return registeredByJar || declared.isMappedToForward(guard);
  }

  /** Returns whether {@code web.xml} maps the guard, so that it tells its dispatchers. */
  boolean isGuardDeclared() {
    return !registeredByJar && declared.isDeclared(guard);
  }

  /**
   * Returns whether the container, or a filter that does not stand behind the guard, may refuse
   * requests before they reach the guard.
   */
  boolean isAccessDecidedInFront() {
    return declared.isConstrained()
        || !deciders.isEmpty()
        || unplaced.stream().anyMatch(Neighbour::isOfSecurity);
  }

  /**
   * Returns what decides on access to a path behind the guard, where it can be called by itself;
   * else null.
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

  /** Returns the cause for which a filter of the application is known. */
  BypassCause bypassCause() {
    for (BypassCause cause : BypassCause.values()) {
      if (others.values().stream().anyMatch(cause::isKnownOf)) {
        return cause;
      }
    }
    return BypassCause.UNKNOWN;
  }

  /** Returns the names of the filters that are known for a cause. */
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

  /** Returns what has to be said where the guard has no {@code filter-mapping} so far. */
  String inPlaceOfRegistration() {
    return registeredByJar
        ? " (declare the guard in web.xml for that; the jar then no longer registers it)"
        : "";
  }
}
