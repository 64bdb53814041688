package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.servlet.match.RequestPath;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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

  private final Findings findings;
  private final Neighbourhood neighbours;
  private final Traffic traffic;
  private final UnreadForms unreadForms;
  private final UnusedRules unusedRules;
  private final TagFindings tagFindings;
  private final StoreFindings store;

  private Doctor(Findings findings, Neighbourhood neighbours, LongSupplier nanoTime) {
    this.findings = findings;
    this.neighbours = neighbours;
    this.traffic = new Traffic(findings, neighbours, nanoTime);
    this.unreadForms = new UnreadForms(findings);
    this.unusedRules = new UnusedRules(findings);
    this.tagFindings = new TagFindings(findings);
    this.store = new StoreFindings(findings);
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
    unusedRules.served(unused);
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
    tagFindings.streamed(rule, request);
  }

  /**
   * Called when the application evaluates a precondition itself, although no rule specifies this.
   *
   * @param shape the shape of the path, see {@link #shapeOf}
   * @param reason the reason why the evaluation was left to the application
   */
  public void leftToApplication(String shape, String reason) {
    tagFindings.leftToApplication(shape, reason);
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
    tagFindings.encoded(encoding, request);
  }

  /**
   * Called when scripts of another origin may read a response, but not its entity tag.
   *
   * @param exposed whether the response lists other headers that they may read
   */
  public void tagHidden(HttpServletRequest request, boolean exposed) {
    tagFindings.hidden(request, exposed);
  }

  /**
   * Called with a throwable that was thrown by guarded code.
   *
   * @param handler the guarded method; null when it is not known
   */
  public void thrown(@Nullable String handler, Throwable thrown) {
    RetryFinding.add(findings, handler, thrown);
  }

  /**
   * Called when a write was terminated because its client kept others waiting.
   *
   * @param rule the rule of the write; null when it has none
   */
  public void slowClient(@Nullable String rule) {
    LockFindings.addSlowClient(findings, rule);
  }

  /**
   * Called when the lock of an asynchronous write was taken over by others.
   *
   * @param rule the rule of the write; null when it has none
   */
  public void neverCompleted(@Nullable String rule) {
    LockFindings.addNeverCompleted(findings, rule);
  }

  /**
   * Called when a hidden field is ignored as a value, because it differs on each page.
   *
   * @param rule the rule of the form
   * @param field the name of the field
   */
  public void changingField(String rule, String field) {
    ChangingFieldFinding.add(findings, rule, field);
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

  /** Returns the findings about the store of several nodes. */
  public StoreFindings store() {
    return store;
  }

  /** Returns the findings so far. */
  public List<SetupFinding> findings() {
    return findings.all();
  }
}
