package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.rule.RequestPath;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Warns of what keeps the guard from its work: once of each thing, with the cure. Where other
 * filters stand is read in {@code web.xml}, or seen in the first requests that they concern.
 *
 * <p>Safe for use by several threads.
 */
public final class Doctor {

  /** After so many requests a rule that fitted none is suspect. */
  static final int REQUESTS_UNTIL_RULES_ARE_JUDGED = 10_000;

  /** So many answers of one sort without a tag are no accident. */
  static final int STREAMED_ANSWERS_UNTIL_TOLD = 20;

  private static final int MOST_SHAPES = 100;
  private static final String REFUSED_IN_TRANSACTION = "; not repeated: a transaction is active";
  private static final int MOST_CAUSES = 16;

  private final Findings findings;
  private final String guard;
  private final DeclaredOrder declared;
  private final List<Neighbour> unplaced = new CopyOnWriteArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final Map<String, AtomicInteger> streamed = new ConcurrentHashMap<>();
  private final AtomicInteger served = new AtomicInteger();

  private Doctor(FilterConfig config, String guardClass, Consumer<String> log) {
    this.findings = new Findings(log);
    this.guard = config.getFilterName();
    DeclaredOrder ofDescriptor = DeclaredOrder.of(config.getServletContext());
    // So the jar calls the filter that it registers itself.
    this.declared = guard.equals(guardClass) ? ofDescriptor.with(guard) : ofDescriptor;
  }

  /**
   * Looks at the filters of the application.
   *
   * @param config that of the guard's filter
   * @param guardClass the name of its class
   * @param log told of each finding
   */
  public static Doctor of(FilterConfig config, String guardClass, Consumer<String> log) {
    Doctor doctor = new Doctor(config, guardClass, log);
    ServletContext context = config.getServletContext();
    // Embedded containers may have none of the application's own.
    ClassLoader application = context.getClassLoader();
    ClassLoader loader = application == null ? Doctor.class.getClassLoader() : application;
    List<FilterRegistration> instances = new ArrayList<>();
    for (FilterRegistration each : context.getFilterRegistrations().values()) {
      if (guardClass.equals(each.getClassName())) {
        instances.add(each);
      } else {
        doctor.others.add(each.getName());
        doctor.meet(Neighbour.of(each, loader));
      }
    }
    Collections.sort(doctor.others);
    doctor.compare(instances);
    return doctor;
  }

  private void meet(@Nullable Neighbour neighbour) {
    if (neighbour != null) {
      Boolean inFront = declared.isInFront(neighbour.name(), guard);
      if (inFront == null && neighbour.isMappedToPaths()) {
        unplaced.add(neighbour);
      } else {
        // What is mapped to names of servlets comes last.
        neighbour.tell(Boolean.TRUE.equals(inFront), findings);
      }
    }
  }

  /** Two filters for different paths, with different settings, are what somebody may want. */
  private void compare(List<FilterRegistration> instances) {
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
          "second-instance",
          "",
          "The filter is there more than once, as "
              + names
              + "; for each request the first one counts and the others do nothing",
          "Declare one, or map each to paths of its own");
    }
  }

  /** Where the guard stands among the filters, as far as that is known at the start. */
  public String order() {
    List<String> names = declared.names();
    List<String> elsewhere = new ArrayList<>(others);
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
  public void look(HttpServletRequest request) {
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
          neighbour.tell(inFront, findings);
        }
      }
    }
  }

  /**
   * Called for each request.
   *
   * @param unused the rules that no request has fitted, asked once
   */
  public void served(Supplier<Collection<String>> unused) {
    if (served.get() < REQUESTS_UNTIL_RULES_ARE_JUDGED
        && served.incrementAndGet() == REQUESTS_UNTIL_RULES_ARE_JUDGED) {
      for (String rule : unused.get()) {
        findings.add(
            "unused-rule",
            rule,
            "No request has fitted rule '"
                + rule
                + "', of "
                + REQUESTS_UNTIL_RULES_ARE_JUDGED
                + " since the start",
            "Compare its patterns with the paths of the requests, which begin behind the path of"
                + " the application, and with the rules in front of it, which come first");
      }
    }
  }

  /**
   * Called when an answer that was worth a tag was too long or too slow, or was flushed, before one
   * could be made of its body.
   *
   * @param rule the rule that speaks of the request; null when none does
   */
  public void streamed(@Nullable String rule, HttpServletRequest request) {
    String shape = PathShape.of(RequestPath.of(request));
    AtomicInteger count = streamed.get(shape);
    if (count == null) {
      if (streamed.size() >= MOST_SHAPES) {
        return;
      }
      count = streamed.computeIfAbsent(shape, path -> new AtomicInteger());
    }
    if (count.incrementAndGet() == STREAMED_ANSWERS_UNTIL_TOLD) {
      findings.add(
          "streamed-body",
          shape,
          STREAMED_ANSWERS_UNTIL_TOLD
              + " answers of "
              + shape
              + (rule == null ? "" : " (rule '" + rule + "')")
              + " got no entity tag, because they are longer than bufferLimit, take longer than"
              + " holdMillis, or are flushed before their end",
          "If somebody writes to them, give these paths a rule whose tag comes from elsewhere than"
              + " the body (query, counter, resolver, application), or raise bufferLimit or"
              + " holdMillis; if not, nothing is lost");
    }
  }

  /** Called when the application's answer, of whose body a tag is made, is encoded. */
  public void encoded(String encoding, HttpServletRequest request) {
    if (!encoding.equalsIgnoreCase("identity")) {
      findings.add(
          "encoded-body",
          "",
          "Answers are encoded ("
              + encoding.replaceAll("[^!-~]", "?")
              + ") behind the guard, first seen for "
              + PathShape.of(RequestPath.of(request))
              + ": their entity tags are those of the encoded bytes, which another client, or the"
              + " guard when it asks for the current state, may not get",
          "Put the filter-mapping of the guard behind the filter that compresses, or let the"
              + " container compress");
    }
  }

  /**
   * Called with what has left guarded code.
   *
   * @param handler the guarded method; null when it is not known
   */
  public void thrown(@Nullable String handler, Throwable thrown) {
    if (isRefusedInTransaction(thrown)) {
      findings.add(
          "retry-in-transaction",
          String.valueOf(handler),
          (handler == null ? "A guarded method" : handler)
              + " is to run again after a conflict, but it is called within a transaction, which"
              + " cannot go on after one",
          "Guard the method that begins the transaction, or one that calls it, in its place");
    }
  }

  /** Its class may be another copy's: what they share is the text. */
  private static boolean isRefusedInTransaction(Throwable thrown) {
    Throwable at = thrown;
    try {
      for (int depth = 0; at != null && depth < MOST_CAUSES; depth++, at = at.getCause()) {
        if (String.valueOf(at.getMessage()).endsWith(REFUSED_IN_TRANSACTION)) {
          return true;
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      // An exception that fails when it is asked must not cost the answer.
    }
    return false;
  }

  /** What was found so far. */
  public List<SetupFinding> findings() {
    return findings.all();
  }
}
