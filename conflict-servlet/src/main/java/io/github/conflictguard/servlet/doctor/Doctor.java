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

  /** So many rules are named in one finding. */
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
   * Looks at the filters of the application.
   *
   * @param config that of the guard's filter
   * @param guardClass the name of its class
   * @param warnings told of each finding that has to be looked after
   * @param notes told of what may be on purpose
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

  /** Where the guard stands among the filters, as far as that is known at the start. */
  public String order() {
    return neighbours.order();
  }

  /** Returns the URL patterns to which the guard is mapped. */
  public List<String> mapping() {
    return neighbours.guardPatterns();
  }

  /**
   * Reports that nothing is guarded, for as long as that is so.
   *
   * @param reason why nothing is guarded; null while something is
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

  /** Called at the start where a rule applies to forwarded requests. */
  public void expectForwards() {
    if (neighbours.isGuardDeclared() && !neighbours.isGuardMappedToForward()) {
      findings.add(
          FindingCode.FORWARD_UNMAPPED,
          "",
          "Rules apply to forwarded requests (\"dispatch\"), but none of these passes the guard",
          "Add <dispatcher>FORWARD</dispatcher> to its filter-mapping in web.xml");
    }
  }

  /** Called when a request begins, on the thread and inside of the filters that it came through. */
  public void look(HttpServletRequest request) {
    neighbours.look(request);
  }

  /** Returns whether a filter that compresses stands in front of the guard, for this request. */
  public boolean isCompressedInFront(HttpServletRequest request) {
    return neighbours.isCompressedInFront(RequestPath.of(request));
  }

  /**
   * Returns the filter behind the guard that decides who may send a request, where it can be called
   * by itself, as beans of Spring Security and Shiro can; else null.
   */
  public @Nullable Filter deciderBehind(HttpServletRequest request) {
    return neighbours.deciderBehind(RequestPath.of(request));
  }

  /** Called when a request reaches the guard, whatever the guard does with it. */
  public void seen() {
    traffic.seen();
  }

  /**
   * Called when the container has served a request.
   *
   * @param passed whether it passed a guard
   * @param forwardedTo the path to which a filter in front of the guard has forwarded it; null when
   *     none has, or when that is not known
   */
  public void ended(HttpServletRequest request, boolean passed, @Nullable String forwardedTo) {
    traffic.served(request, passed, forwardedTo);
  }

  /** Returns how many requests have reached the guard. */
  public long countSeen() {
    return traffic.countSeen();
  }

  /** Returns how many requests for the application went past the guard. */
  public long countPast() {
    return traffic.countPast();
  }

  /** Called when the container had read a form before the guard could. */
  public void formReadInFront(HttpServletRequest request) {
    unreadForms.readInFront(request);
  }

  /** Called when no rule applies to a form that is longer than what is read of one. */
  public void formTooLong(HttpServletRequest request) {
    unreadForms.tooLong(request);
  }

  /**
   * Called for each request.
   *
   * @param unused the rules that no request has fitted
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

  /** Returns the first of these names, and how many there are more. */
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

  /**
   * Called at the start with the rules that name answers behind which a recorded conflict hides.
   */
  public void expectRecorder(List<String> rules) {
    RecorderFindings.addUnrecorded(findings, rules);
  }

  /** Called when a recorded conflict did not count, because no driver reports successes. */
  public void storesUnheard() {
    RecorderFindings.addStoresUnheard(findings);
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
          FindingCode.STREAMED_BODY,
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

  /**
   * Called when the application judges a precondition itself, though no rule says so.
   *
   * @param shape of the path, see {@link #shapeOf}
   * @param reason why it was left to it
   */
  public void leftToApplication(String shape, String reason) {
    findings.add(
        FindingCode.OWN_PRECONDITIONS,
        shape,
        "The application judges the preconditions of writes to " + shape + " itself: " + reason,
        "Nothing has to be done where it does. Where it does not, give these paths a rule with"
            + " \"tag\": \"body\" (or counter, query, resolver), and the guard judges them");
  }

  /** What the paths of this sort have in common, for memories that must not grow with each path. */
  public static String shapeOf(HttpServletRequest request) {
    return PathShape.of(RequestPath.of(request));
  }

  /**
   * Called when the application's answer, of whose body a tag is made, is encoded in a way that
   * cannot be undone.
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
          FindingCode.RETRY_IN_TRANSACTION,
          String.valueOf(handler),
          (handler == null ? "A guarded method" : handler)
              + " is to run again after a conflict, but it is called within a transaction, which"
              + " cannot go on after one",
          "Guard the method that begins the transaction, or one that calls it, in its place");
    }
  }

  /**
   * Called when a write was ended because its client kept others waiting.
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
   * Called when others took the lock of an asynchronous write.
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
   * Called when a hidden field is found to be no value, because it is another one on each page.
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

  /**
   * Called at the start for each rule whose state an internal GET may read.
   *
   * @param skipped what that GET passes by; null when nothing does
   */
  public void readSkips(String rule, @Nullable String skipped) {
    if (skipped != null) {
      InternalGetFinding.add(findings, rule, skipped);
    }
  }

  /** What was found so far. */
  public List<SetupFinding> findings() {
    return findings.all();
  }
}
