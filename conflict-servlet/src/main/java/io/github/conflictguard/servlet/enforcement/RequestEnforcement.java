package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.ChunkPool;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.IdempotencySettings;
import io.github.conflictguard.servlet.container.LaterEncoding;
import io.github.conflictguard.servlet.detection.ConflictDetector;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.disclosure.Protection;
import io.github.conflictguard.servlet.disclosure.ReadRights;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.explanation.Explainer;
import io.github.conflictguard.servlet.fence.SharedCounters;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.history.CrossOrigin;
import io.github.conflictguard.servlet.idempotency.AppliedWrites;
import io.github.conflictguard.servlet.idempotency.KeyedRequests;
import io.github.conflictguard.servlet.idempotency.SubmittedForms;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.policy.Policies;
import io.github.conflictguard.servlet.response.ExposingResponse;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.GivenTags;
import io.github.conflictguard.servlet.tag.RememberedBodies;
import io.github.conflictguard.servlet.tag.WeakOwnTags;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Dispatches each request according to its rule and method. Thread-safe. */
public final class RequestEnforcement {

  /** Sufficient for the bodies of a few buffered responses at one time. */
  private static final int KEPT_BYTES = 4 * 1024 * 1024;

  private final ExchangeFactory exchanges;
  private final FilterResponses responses;
  private final ConflictDetector detector;
  private final ReadEnforcement reads;
  private final Observation observed;
  private final KeyedWrites.Next writes;
  private final KeyedWrites keyed;
  private final boolean forForwards;
  private final CrossOrigin origins = new CrossOrigin(Doctor::shapeOf);
  private final BufferTimer timer;

  public RequestEnforcement(
      Rules rules,
      Policies policies,
      Protection protection,
      FilterSettings settings,
      ConflictEvents events,
      Doctor doctor,
      Observation.Factory observations) {
    this.forForwards = rules.areForForwards();
    Forms forms = policies.forms();
    if (forms != null) {
      forms.onChangingField(doctor::changingField);
    }
    Explainer explainer = new Explainer(events, settings.monitor());
    Disclosure disclosure = new Disclosure(new ReadRights(protection));
    this.responses = new FilterResponses(settings, explainer, disclosure, doctor, origins);
    BodyTagSource bodies =
        new BodyTagSource(
            settings.bufferLimit(),
            settings.lockTimeoutMillis(),
            new RememberedBodies(settings.rememberedBodies()));
    CurrentStates states = new CurrentStates(bodies);
    ChunkPool chunks = new ChunkPool(KEPT_BYTES);
    this.timer = new BufferTimer(settings.holdMillis());
    this.detector = new ConflictDetector(rules.conflicts(), settings, doctor, timer);
    WeakOwnTags weak = new WeakOwnTags(new LaterEncoding(doctor::isCompressedInFront));
    GivenTags given = new GivenTags();
    ApplicationPreconditions ofApplication = new ApplicationPreconditions();
    WriteJudgement judgement = new WriteJudgement(states, given, weak, ofApplication);
    this.reads =
        new ReadEnforcement(
            bodies,
            states,
            new ReadEnforcement.GivenOut(weak, given, ofApplication),
            responses,
            explainer,
            disclosure,
            settings.bufferLimit(),
            timer,
            chunks);
    SharedCounters shared = policies.shared();
    if (shared != null) {
      shared.commits().onUnfenced(doctor.store()::unfenced);
      doctor.store().countCommits(shared.commits()::all);
    }
    WaiterLimit waiters = settings.waiterLimit();
    this.observed = observations.create(states, judgement, responses, explainer);
    WriteExecution execution =
        new WriteExecution(
            states, explainer, forms, policies.isObserving() ? observed : null, timer);
    WriteEnforcement ordinary =
        new WriteEnforcement(
            states,
            disclosure,
            new AppliedWrites(settings.replayLimit(), timer, settings.idempotency().header()),
            execution,
            new ConditionalWrites(states, judgement, disclosure, forms, execution),
            settings.locks(waiters),
            shared,
            explainer,
            settings.asyncLockMillis());
    OnceOnlySubmit once =
        forms == null
            ? null
            : new OnceOnlySubmit(
                forms, new SubmittedForms(settings.replayLimit(), waiters), ordinary);
    this.writes = once == null ? ordinary::serve : once::serve;
    IdempotencySettings keys = settings.idempotency();
    this.keyed =
        new KeyedWrites(
            keys,
            new KeyedRequests(keys.limit(), waiters, System::nanoTime),
            detector,
            states,
            disclosure,
            writes);
    this.exchanges = new ExchangeFactory(rules, policies, settings, doctor, disclosure, observed);
  }

  /** Stops the threads that release responses. */
  public void close() {
    timer.close();
  }

  /** Returns whether any rule applies to requests that were forwarded by a filter in front. */
  public boolean isForForwards() {
    return forForwards;
  }

  /** Determines the target of a request and creates its exchange. */
  public Exchange exchange(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return exchanges.create(request, response);
  }

  /**
   * Processes one pass of a request: evaluates its preconditions in the first one, calls the
   * application unless the request is refused, and responds where the application has not.
   */
  public void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    EnforcementResult result;
    try {
      result = exchange.isContinued() ? resume(exchange, chain) : begin(exchange, chain);
    } catch (Throwable e) {
      DetectedConflict found = detector.behind(e, exchange.detection);
      if (found == null || !responses.answer(exchange, EnforcementResult.detected(found, null))) {
        throw e;
      }
      reportHiddenTag(exchange);
      return;
    }
    responses.answer(exchange, result);
    endPage(exchange);
    OnRequestComplete.orNow(
        exchange.request, () -> keyed.noteRefusal(exchange, exchange.response.getStatus()));
    reportHiddenTag(exchange);
  }

  /** Reports that scripts of another origin, which may read the response, cannot see its tag. */
  private static void reportHiddenTag(Exchange exchange) {
    if (exchange.request.getHeader("Origin") != null) {
      OnRequestComplete.orNow(
          exchange.request,
          () -> {
            if (CrossOrigin.hidesTag(exchange.request, exchange.response)) {
              boolean exposed = exchange.response.containsHeader(ExposingResponse.EXPOSE_HEADERS);
              exchange.doctor.tagHidden(exchange.request, exposed);
            }
          });
    }
  }

  private EnforcementResult begin(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    boolean elsewhere = exchange.policy.mode == Mode.PROTECT && exchange.observed != null;
    EnforcementResult result =
        enforce(exchange, watched(exchange, elsewhere ? observed.reading(exchange, chain) : chain));
    origins.note(exchange.request, exchange.response);
    return result;
  }

  private EnforcementResult enforce(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    String method = exchange.request.getMethod();
    if (!PreconditionEvaluator.isEvaluated(method)) {
      exchange.passOn(chain);
      return EnforcementResult.PASSED;
    }
    if (exchange.policy.mode == Mode.OBSERVE) {
      observed.serve(exchange, chain);
      return EnforcementResult.of(exchange.detection);
    }
    if (exchange.target.isWrite()) {
      return keyed.concern(exchange) ? keyed.serve(exchange, chain) : writes.serve(exchange, chain);
    }
    if (PreconditionEvaluator.isRead(method)) {
      return reads.serve(exchange, chain);
    }
    // A rule declares that this POST is a read, for example a search.
    exchange.passOn(chain);
    return EnforcementResult.PASSED;
  }

  /** Continues a request that has become asynchronous. */
  private EnforcementResult resume(Exchange exchange, FilterChain chain)
      throws IOException, ServletException {
    FilterChain watched = watched(exchange, chain);
    KeyedOutcome once = exchange.progress.keyed();
    if (once != null) {
      return keyed.resume(exchange, once, watched);
    }
    if (exchange.policy.mode == Mode.PROTECT) {
      reads.resume(exchange, watched);
    } else {
      observed.resume(exchange, watched);
    }
    return EnforcementResult.of(exchange.detection);
  }

  /** Ends the page. An asynchronous response ends elsewhere: see TaggedAnswer and the next pass. */
  private static void endPage(Exchange exchange) throws IOException {
    if (exchange.page != null && !exchange.request.isAsyncStarted()) {
      exchange.page.end();
    }
  }

  private FilterChain watched(Exchange exchange, FilterChain chain) {
    return exchange.target.isWrite()
            && PreconditionEvaluator.isEvaluated(exchange.request.getMethod())
        ? detector.around(
            chain,
            exchange.request,
            exchange.policy.answers,
            exchange.policy.mode == Mode.PROTECT,
            exchange.before,
            exchange.progress::fence,
            exchange.detection)
        : chain;
  }
}
