package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.match.RequestPath;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports conditions that prevent the filter from working: each one once, with the remedy. The
 * order of the filters is read from {@code web.xml}, or determined from the first requests that
 * pass them.
 *
 * <p>Safe for use by several threads.
 */
public final class Doctor {

  /** The number of requests after which a rule that matched none is reported. */
  static final int REQUESTS_UNTIL_RULES_ARE_JUDGED = 10_000;

  /** The number of responses of one kind without a tag that are reported. */
  static final int STREAMED_ANSWERS_UNTIL_TOLD = 20;

  /** The maximum number of rules named in one finding. */
  static final int MOST_NAMES = 10;

  private static final int MOST_SHAPES = 100;
  private static final String REFUSED_IN_TRANSACTION = "; not repeated: a transaction is active";
  private static final int LONGEST_NAME = 100;
  private static final int MOST_CAUSES = 16;

  private final Findings findings;
  private final Neighbourhood neighbours;
  private final Traffic traffic;
  private final UnreadForms unreadForms;
  private final Map<String, AtomicInteger> streamed = new ConcurrentHashMap<>();
  private final AtomicInteger served = new AtomicInteger();

  private Doctor(Findings findings, Neighbourhood neighbours, LongSupplier nanoTime) {
    this.findings = findings;
    this.neighbours = neighbours;
    this.traffic = new Traffic(findings, neighbours, nanoTime);
    this.unreadForms = new UnreadForms(findings);
  }

  /**
   * Inspects the filters of the application.
   *
   * @param config the configuration of this filter
   * @param guardClass the name of its class
   * @param warnings receives each finding that requires attention
   * @param notes receives the findings that may be intended
   */
  public static Doctor of(
      FilterConfig config, String guardClass, Consumer<String> warnings, Consumer<String> notes) {
    return of(config, guardClass, warnings, notes, System::nanoTime);
  }

  static Doctor of(
      FilterConfig config,
      String guardClass,
      Consumer<String> warnings,
      Consumer<String> notes,
      LongSupplier nanoTime) {
    Findings findings = new Findings(warnings, notes);
    return new Doctor(findings, Neighbourhood.of(config, guardClass, findings), nanoTime);
  }

  /** Returns the position of the filter among the others, if it is known at the start. */
  public String order() {
    return neighbours.order();
  }

  /** Returns the URL patterns to which the filter is mapped. */
  public List<String> mapping() {
    return neighbours.guardPatterns();
  }

  /**
   * Reports that no request is guarded, while that is the case.
   *
   * @param reason the reason why no request is guarded; null while some are
   */
  public void reportIdle(Supplier<@Nullable String> reason) {
    findings.addChanging(
        FindingCode.NOTHING_GUARDED,
        () -> {
          String now = reason.get();
          return now == null
              ? null
              : new SetupFinding(
                  FindingCode.NOTHING_GUARDED.toString(),
                  "NOTHING IS GUARDED: " + now,
                  "If that is not on purpose, change it; no answer of the application is checked"
                      + " or replaced until then");
        });
  }

  /** Called at the start if a rule applies to forwarded requests. */
  public void expectForwards() {
    if (neighbours.isGuardDeclared() && !neighbours.isGuardMappedToForward()) {
      findings.add(
          FindingCode.FORWARD_UNMAPPED,
          "",
          "Rules apply to forwarded requests (\"dispatch\"), but none of these passes the guard",
          "Add <dispatcher>FORWARD</dispatcher> to its filter-mapping in web.xml");
    }
  }

  /** Called when a request begins, on its thread, within the preceding filters. */
  public void look(HttpServletRequest request) {
    neighbours.look(request);
  }

  /** Returns whether a preceding filter compresses the response to this request. */
  public boolean isCompressedInFront(HttpServletRequest request) {
    return neighbours.isCompressedInFront(RequestPath.of(request));
  }

  /**
   * Returns the subsequent filter that controls access, if it can be called separately, as beans of
   * Spring Security and Shiro can; otherwise null.
   */
  public @Nullable Filter deciderBehind(HttpServletRequest request) {
    return neighbours.deciderBehind(RequestPath.of(request));
  }

  /** Called when a request reaches the filter, whatever is done with it. */
  public void seen() {
    traffic.seen();
  }

  /**
   * Called when the container has served a request.
   *
   * @param passed whether it passed the filter
   * @param forwardedTo the path to which a preceding filter forwarded it; null when none did, or
   *     when the path is not known
   */
  public void ended(HttpServletRequest request, boolean passed, @Nullable String forwardedTo) {
    traffic.served(request, passed, forwardedTo);
  }

  /** Returns how many requests have reached the filter. */
  public long countSeen() {
    return traffic.countSeen();
  }

  /** Returns how many requests for the application have bypassed the filter. */
  public long countPast() {
    return traffic.countPast();
  }

  /** Called when the container had parsed a form before the filter could read it. */
  public void formReadInFront(HttpServletRequest request) {
    unreadForms.readInFront(request);
  }

  /** Called when no rule applies to a form that exceeds the limit for reading forms. */
  public void formTooLong(HttpServletRequest request) {
    unreadForms.tooLong(request);
  }

  /**
   * Called for each request.
   *
   * @param unused returns the rules that no request has matched
   */
  public void served(Supplier<List<String>> unused) {
    if (served.get() < REQUESTS_UNTIL_RULES_ARE_JUDGED
        && served.incrementAndGet() == REQUESTS_UNTIL_RULES_ARE_JUDGED) {
      findings.addChanging(FindingCode.UNUSED_RULE, () -> unusedRules(unused.get()));
    }
  }

  private static @Nullable SetupFinding unusedRules(List<String> rules) {
    return rules.isEmpty()
        ? null
        : new SetupFinding(
            FindingCode.UNUSED_RULE.toString(),
            rules.size()
                + (rules.size() == 1 ? " rule has" : " rules have")
                + " fitted no request, of "
                + REQUESTS_UNTIL_RULES_ARE_JUDGED
                + " and more since the start: "
                + someOf(rules),
            "Compare their patterns with the paths of the requests, which begin behind the path of"
                + " the application, and with the rules in front of them, which come first");
  }

  /** Returns the first of these names, and the number of the remaining ones. */
  static String someOf(List<String> names) {
    int more = names.size() - MOST_NAMES;
    return String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /**
   * Returns whether exceptions that the application swallows are recorded: {@code yes}, {@code
   * partly} or {@code no}.
   */
  public static String recorder() {
    return RecorderFindings.state();
  }

  /** Called at the start with the rules that specify responses which hide a recorded conflict. */
  public void expectRecorder(List<String> rules) {
    RecorderFindings.addUnrecorded(findings, rules);
  }

  /**
   * Called when a recorded conflict was ignored, because no driver reports successful statements.
   */
  public void storesUnheard() {
    RecorderFindings.addStoresUnheard(findings);
  }

  /**
   * Called when a response could get no tag of its body, because it was too long or too slow, or
   * was flushed.
   *
   * @param rule the rule that applies to the request; null when none does
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
          FindingCode.STREAMED_BODY,
          shape,
          STREAMED_ANSWERS_UNTIL_TOLD
              + " answers of "
              + shape
              + (rule == null ? "" : " (rule '" + rule + "')")
              + " got no entity tag, because they are longer than bufferLimit, take longer than"
              + " holdMillis, or are flushed before their end",
          "If clients write to them, give these paths a rule whose tag comes from elsewhere than"
              + " the body (query, counter, resolver, application), or raise bufferLimit or"
              + " holdMillis; if not, nothing is lost");
    }
  }

  /**
   * Called when the application evaluates a precondition itself, although no rule specifies this.
   *
   * @param shape the shape of the path, see {@link #shapeOf}
   * @param reason the reason why the evaluation was left to the application
   */
  public void leftToApplication(String shape, String reason) {
    findings.add(
        FindingCode.OWN_PRECONDITIONS,
        shape,
        "The application judges the preconditions of writes to " + shape + " itself: " + reason,
        "Nothing has to be done where it does. Where it does not, give these paths a rule with"
            + " \"tag\": \"body\" (or counter, query, resolver), and the guard judges them");
  }

  /**
   * Returns the common form of all paths of this kind, for caches that must not grow with each
   * path.
   */
  public static String shapeOf(HttpServletRequest request) {
    return PathShape.of(RequestPath.of(request));
  }

  /**
   * Called when a response whose tag is derived from its body has a content coding that cannot be
   * decoded.
   */
  public void encoded(String encoding, HttpServletRequest request) {
    if (!encoding.equalsIgnoreCase("identity")) {
      findings.add(
          FindingCode.ENCODED_BODY,
          "",
          "Answers are encoded ("
              + encoding.replaceAll("[^!-~]", "?")
              + ") behind the guard, first seen for "
              + PathShape.of(RequestPath.of(request))
              + ": their entity tags are those of the encoded bytes, which another client, or the"
              + " guard when it requests the current state, may not get",
          "Put the filter-mapping of the guard behind the filter that compresses, or let the"
              + " container compress");
    }
  }

  /**
   * Called with a throwable that was thrown by guarded code.
   *
   * @param handler the guarded method; null when it is not known
   */
  public void thrown(@Nullable String handler, Throwable thrown) {
    if (isRefusedInTransaction(thrown)) {
      findings.add(
          FindingCode.RETRY_IN_TRANSACTION,
          String.valueOf(handler),
          (handler == null ? "A guarded method" : handler)
              + " is to run again after a conflict, but it is called within a transaction, which"
              + " cannot go on after one",
          "Guard the method that begins the transaction, or one that calls it, in its place");
    }
  }

  /**
   * Called when a write was terminated because its client kept others waiting.
   *
   * @param rule the rule of the write; null when it has none
   */
  public void slowClient(@Nullable String rule) {
    findings.add(
        FindingCode.SLOW_CLIENT,
        String.valueOf(rule),
        "A conditional write was ended with 408"
            + ofRule(rule)
            + ", because its client sent the body slowly while other writes waited for the record",
        "Raise slowClientMillis if that is how your clients send; a body of up to 256 KiB with a"
            + " Content-Length is received before the record is locked");
  }

  /**
   * Called when the lock of an asynchronous write was taken over by others.
   *
   * @param rule the rule of the write; null when it has none
   */
  public void neverCompleted(@Nullable String rule) {
    findings.add(
        FindingCode.ASYNC_NEVER_COMPLETED,
        String.valueOf(rule),
        "An asynchronous write was not completed in time" + ofRule(rule) + ", and lost its lock",
        "Let the application complete every AsyncContext, also after failures, and set a timeout;"
            + " raise asyncLockMillis if such writes take longer");
  }

  /**
   * Called when a hidden field is ignored as a value, because it differs on each page.
   *
   * @param rule the rule of the form
   * @param field the name of the field
   */
  public void changingField(String rule, String field) {
    String shown = field.replaceAll("[^!-~]", "?");
    findings.add(
        FindingCode.CHANGING_FIELD,
        rule + ' ' + shown,
        "The hidden field '"
            + (shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown)
            + "' of a form"
            + ofRule(rule)
            + " is different on each page of one record that was not written between, so it does"
            + " not count as a value for this client",
        "Name it under forms.ignore of the rule, and it counts for no client, from the first page"
            + " on");
  }

  private static String ofRule(@Nullable String rule) {
    return rule == null ? "" : " (rule '" + rule + "')";
  }

  /** Compares by text: the class of the exception may come from another copy of the library. */
  private static boolean isRefusedInTransaction(Throwable thrown) {
    Throwable at = thrown;
    try {
      for (int depth = 0; at != null && depth < MOST_CAUSES; depth++, at = at.getCause()) {
        if (String.valueOf(at.getMessage()).endsWith(REFUSED_IN_TRANSACTION)) {
          return true;
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      // An exception whose methods fail must not affect the response.
    }
    return false;
  }

  /**
   * Called at the start for each rule whose state an internal GET may read.
   *
   * @param skipped the protection that this GET bypasses; null when there is none
   */
  public void readSkips(String rule, @Nullable String skipped) {
    if (skipped != null) {
      InternalGetFinding.add(findings, rule, skipped);
    }
  }

  /** Returns the findings so far. */
  public List<SetupFinding> findings() {
    return findings.all();
  }
}
