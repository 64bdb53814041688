package io.github.conflictguard.servlet.enforcement;

import static jakarta.servlet.DispatcherType.FORWARD;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.buffer.ChunkPool;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.container.LaterEncoding;
import io.github.conflictguard.servlet.detection.ConflictDetectingChain;
import io.github.conflictguard.servlet.detection.ConflictSearch;
import io.github.conflictguard.servlet.detection.DetectedConflict;
import io.github.conflictguard.servlet.disclosure.Protection;
import io.github.conflictguard.servlet.disclosure.ReadRights;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.ObservedPage;
import io.github.conflictguard.servlet.form.PageView;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.formdata.BufferedRequest.Unseen;
import io.github.conflictguard.servlet.idempotency.AppliedWrites;
import io.github.conflictguard.servlet.idempotency.SubmittedForms;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.policy.Policies;
import io.github.conflictguard.servlet.policy.Policy;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.tag.BodyTagSource;
import io.github.conflictguard.servlet.tag.GivenTags;
import io.github.conflictguard.servlet.tag.RememberedBodies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Dispatches each request according to its rule and method. Thread-safe. */
public final class RequestEnforcement {

  /** Sufficient for the bodies of a few buffered responses at one time. */
  private static final int KEPT_BYTES = 4 * 1024 * 1024;

  private final Rules rules;
  private final Policies policies;
  private final boolean switchedOff;
  private final FilterSettings settings;
  private final Problems problems;
  private final ConflictEvents events;
  private final Doctor doctor;
  private final ConflictSearch search;
  private final ReadEnforcement reads;
  private final WriteEnforcement writes;
  private final Observation observed;
  private final @Nullable Forms forms;
  private final @Nullable OnceOnlySubmit once;
  private final boolean forForwards;
  private final CrossOrigin origins = new CrossOrigin();
  private final BufferTimer timer;
  private final Disclosure disclosure;

  public RequestEnforcement(
      Rules rules,
      Policies policies,
      Protection protection,
      FilterSettings settings,
      ConflictEvents events,
      Doctor doctor,
      Observation.Factory observations) {
    this.rules = rules;
    this.forForwards = rules.areForForwards();
    this.policies = policies;
    this.switchedOff = policies.areSwitchingOff();
    this.forms = policies.forms();
    if (forms != null) {
      forms.onChangingField(doctor::changingField);
    }
    this.settings = settings;
    this.problems = settings.problems(rules.conflicts());
    this.events = events;
    this.doctor = doctor;
    this.search = new ConflictSearch(rules.conflicts(), settings, doctor);
    BodyTagSource bodies =
        new BodyTagSource(
            settings.bufferLimit(),
            settings.lockTimeoutMillis(),
            new RememberedBodies(settings.rememberedBodies()));
    CurrentStates states = new CurrentStates(bodies);
    this.disclosure = new Disclosure(new ReadRights(protection));
    ChunkPool chunks = new ChunkPool(KEPT_BYTES);
    this.timer = new BufferTimer(settings.holdMillis());
    WeakOwnTags weak = new WeakOwnTags(new LaterEncoding(doctor::isCompressedInFront));
    GivenTags given = new GivenTags();
    ApplicationPreconditions ofApplication = new ApplicationPreconditions();
    WriteJudgement judgement = new WriteJudgement(states, given, weak, ofApplication);
    this.reads =
        new ReadEnforcement(
            bodies,
            states,
            new GivenOut(weak, given, ofApplication),
            disclosure,
            settings.bufferLimit(),
            timer,
            chunks);
    WaiterLimit waiters = settings.waiterLimit();
    this.observed = observations.create(states, judgement);
    this.writes =
        new WriteEnforcement(
            states,
            judgement,
            disclosure,
            new AppliedWrites(settings.replayLimit(), timer),
            new WriteExecution(states, forms, policies.isObserving() ? observed : null, timer),
            forms,
            settings.locks(waiters),
            settings.asyncLockMillis());
    this.once =
        forms == null
            ? null
            : new OnceOnlySubmit(
                forms, new SubmittedForms(settings.replayLimit(), waiters), writes);
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
    RequestView facts = new RequestView(request, settings.formLimits());
    RuleMatch off =
        switchedOff ? rules.switchedOff(facts, rule -> policies.of(rule).mode == Mode.OFF) : null;
    if (off == null
        && policies.of(null).mode != Mode.OFF
        && settings.requiresPrecondition("DELETE", RequestPath.of(request))) {
      facts.readMethodInForm();
    }
    RuleMatch target = off == null ? rules.targetOf(facts) : off;
    Policy policy = policies.of(target.rule());
    boolean passedBy = target.rule() == null && request.getDispatcherType() == FORWARD;
    if (!passedBy) {
      policy.tally.requests.increment();
      doctor.seen();
      doctor.look(request);
      if (facts.unseen() == Unseen.READ_IN_FRONT) {
        doctor.formReadInFront(request);
      } else if (facts.unseen() == Unseen.TOO_LONG && target.rule() == null) {
        doctor.formTooLong(request);
      }
      doctor.served(policies::unused);
    }
    // Before the exchange is created: this may read the form.
    boolean versionSent = policy.mode != Mode.OFF && hasVersion(facts, target, policy);
    Exchange exchange =
        policy.mode == Mode.OBSERVE
            ? observed(facts, response, target, policy)
            : forms == null || passedBy || policy.mode != Mode.PROTECT || !isOfForms(forms, target)
                ? plain(facts, response, certain(target), policy)
                : withForms(forms, facts, response, target, policy);
    if (policies.isObserving() && policy.mode == Mode.PROTECT && !passedBy) {
      exchange.observed = observed.beginElsewhere(facts, target, policy);
    }
    exchange.origins = origins;
    exchange.versionSent = versionSent;
    exchange.isFormHidden = facts.isFormHidden();
    return exchange;
  }

  /** Returns whether a form contains the application's own version. An empty one does not count. */
  private static boolean hasVersion(RequestView facts, RuleMatch target, Policy policy)
      throws IOException {
    String field = policy.versionField();
    return field != null
        && (target.isWrite() || target.savesNothing())
        && (isFilled(facts.query(field)) || isFilled(facts.field(field)));
  }

  private static boolean isFilled(@Nullable String value) {
    return value != null && !value.trim().isEmpty();
  }

  private static boolean isOfForms(Forms forms, RuleMatch target) {
    return Forms.areCarriedBy(target) || forms.areCarriedElsewhere(target);
  }

  private Exchange withForms(
      Forms known,
      RequestView facts,
      HttpServletResponse response,
      RuleMatch asMatched,
      Policy policy)
      throws IOException {
    boolean sends = asMatched.isWrite() || asMatched.savesNothing();
    SubmittedToken carried = sends ? known.carried(facts, asMatched) : null;
    if (carried != null && known.isJudgedByFiles(carried, asMatched)) {
      facts.readParts();
    }
    String button = asMatched.buttonThatSavesNothing();
    RuleMatch target =
        button == null || known.isButton(carried, button) ? asMatched : asMatched.asWrite();
    PageView origin = known.begin(target, policy.state(target), carried);
    AnsweredPage page = new AnsweredPage(origin, known.rewriter(facts.request(), origin), response);
    Exchange exchange =
        new Exchange(
            facts.request(), page.response(), target, policy, settings, problems, events, doctor);
    exchange.page = page;
    exchange.forms = known;
    exchange.carried = carried;
    exchange.mayShowValues = disclosure.mayShowValues(exchange, known, carried);
    facts
        .request()
        .setAttribute(SubmittedToken.ATTRIBUTE, known.placeable(facts.request(), origin));
    return exchange;
  }

  /**
   * Returns a target that is a write, for a request that may be one that saves nothing but whose
   * page is unknown.
   */
  private static RuleMatch certain(RuleMatch target) {
    return target.buttonThatSavesNothing() == null ? target : target.asWrite();
  }

  private Exchange plain(
      RequestView facts, HttpServletResponse response, RuleMatch target, Policy policy) {
    return new Exchange(
        facts.request(), response, target, policy, settings, problems, events, doctor);
  }

  private Exchange observed(
      RequestView facts, HttpServletResponse response, RuleMatch asMatched, Policy policy)
      throws IOException {
    RuleMatch target = certain(asMatched);
    ObservedPage found = observed.begin(facts, target, policy);
    SubmittedToken carried = found == null || found.sent() == null ? null : found.sent().carried();
    String button = asMatched.buttonThatSavesNothing();
    if (button != null && observed.isButton(carried, button)) {
      return plain(facts, response, asMatched, policy);
    }
    Exchange exchange = plain(facts, response, target, policy);
    exchange.observed = found;
    exchange.carried = carried;
    return exchange;
  }

  /**
   * Processes the first pass of a request: evaluates its preconditions, calls the application
   * unless the response is known, and responds to a conflict detected in the application.
   */
  public void serve(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    boolean elsewhere = exchange.policy.mode == Mode.PROTECT && exchange.observed != null;
    sendOn(exchange, watched(exchange, elsewhere ? observed.reading(exchange, chain) : chain));
    origins.note(exchange.request, exchange.response);
    answerWhatWasFound(exchange);
    endPage(exchange);
  }

  /**
   * Returns the conflict that has caused an exception of the application; null when there is none.
   */
  public @Nullable DetectedConflict behind(Throwable thrown, Exchange exchange) {
    DetectedConflict found = exchange.detection.found();
    return found == null ? search.inThrown(thrown) : found;
  }

  private void sendOn(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    String method = exchange.request.getMethod();
    if (!PreconditionEvaluator.isEvaluated(method)) {
      exchange.passOn(chain);
    } else if (exchange.policy.mode == Mode.OBSERVE) {
      observed.serve(exchange, chain);
    } else if (exchange.target.isWrite()) {
      if (once == null) {
        writes.serve(exchange, chain);
      } else {
        once.serve(exchange, chain);
      }
    } else if (PreconditionEvaluator.isRead(method)) {
      reads.serve(exchange, chain);
      WriteAttempt.noteRead(exchange);
    } else {
      // A rule declares that this POST is a read, for example a search.
      exchange.passOn(chain);
    }
  }

  /** Continues a request that has become asynchronous. */
  public void resume(Exchange exchange, FilterChain chain) throws IOException, ServletException {
    FilterChain watched = watched(exchange, chain);
    if (exchange.policy.mode == Mode.PROTECT) {
      reads.resume(exchange, watched);
    } else {
      observed.resume(exchange, watched);
    }
    answerWhatWasFound(exchange);
    endPage(exchange);
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
        ? new ConflictDetectingChain(
            chain,
            exchange.request,
            exchange.policy.answers,
            exchange.policy.mode == Mode.PROTECT,
            exchange.before,
            exchange.detection,
            search,
            settings.bufferLimit(),
            timer)
        : chain;
  }

  /** Responds with the detected conflict. Not under the lock: the client may be slow. */
  private static void answerWhatWasFound(Exchange exchange) throws IOException {
    DetectedConflict found = exchange.detection.found();
    if (found != null) {
      exchange.answer(found);
    }
  }
}
