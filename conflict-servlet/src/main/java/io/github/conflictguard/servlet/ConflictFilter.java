package io.github.conflictguard.servlet;

import io.github.conflictguard.classfile.PolicyOverrides;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.guard.GuardOverrides;
import io.github.conflictguard.servlet.bridge.Bridges;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.RulesOfApplication;
import io.github.conflictguard.servlet.console.Console;
import io.github.conflictguard.servlet.detection.RepeatableChain;
import io.github.conflictguard.servlet.disclosure.Protection;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.doctor.RequestWatch;
import io.github.conflictguard.servlet.doctor.StartReport;
import io.github.conflictguard.servlet.enforcement.Exchange;
import io.github.conflictguard.servlet.enforcement.RequestEnforcement;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.match.Forwarded;
import io.github.conflictguard.servlet.match.RequestPath;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.monitor.FilterControl;
import io.github.conflictguard.servlet.monitor.MonitorModel;
import io.github.conflictguard.servlet.observe.ObservedExchanges;
import io.github.conflictguard.servlet.policy.Policies;
import io.github.conflictguard.servlet.portal.Portal;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.weaving.ApplicationWeaver;
import io.github.conflictguard.servlet.weaving.Weaving;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The filter to be declared in {@code web.xml}. Map it to {@code /*}, after authentication and
 * after the application's encoding filter. Without any init-param it works as follows:
 *
 * <ul>
 *   <li>A response to GET or HEAD for programs (200, not HTML) gets an {@code ETag} computed from
 *       its body, unless the application sets one: a strong one, or a weak one if the server may
 *       compress the response after the filter; {@code If-None-Match} and {@code If-Modified-Since}
 *       are evaluated and may result in 304.
 *   <li>A write that carries {@code If-Match}, {@code If-None-Match} or {@code If-Unmodified-Since}
 *       is checked before the application sees it, and refused with 412 when the precondition does
 *       not hold. If the application has tags of its own, and no rule specifies otherwise, it
 *       evaluates them itself. Between the check and the end of the application's processing no
 *       other write to the same path runs.
 *   <li>A conflict that the application throws as an exception, wrapped or not, results in 409.
 *       Every other exception is propagated as the same instance.
 *   <li>A conflict during a write that the application swallows and reports as a server error
 *       results in 409 too, if the application leaves the exception in an attribute of the request,
 *       or the agent has recorded it. Rules specify other responses that hide conflicts. The
 *       application's responses with 304, 409, 412 and 428 are not changed.
 *   <li>Everything else passes unchanged: pages, static files, writes without a precondition, error
 *       dispatches, includes, and forwards to which no rule applies.
 * </ul>
 *
 * <p>A precondition that cannot be evaluated, because the current state cannot be read, is false:
 * the write is refused. A committed response is never written to.
 *
 * <p>The init-params are the names of the {@linkplain
 * io.github.conflictguard.servlet.config.Setting settings}, such as {@code lockTimeoutMillis}; an
 * invalid value stops the start-up. Settings for single resources are defined by rules in {@code
 * WEB-INF/conflict-guard.json}. Safe for use by several threads.
 */
public final class ConflictFilter implements Filter {

  /**
   * The name of an attribute of the servlet context: a {@link ConflictListener}, or an {@link
   * Iterable} of them, to be notified of every conflict. May be set, changed and removed at any
   * time.
   */
  public static final String LISTENERS = FilterNames.LISTENERS;

  /**
   * The name of an attribute of requests for pages whose rule protects forms. Its value is a token
   * for the form of the record that the page shows, for applications that add the hidden field
   * {@code _conflictguard} themselves: {@code value="${conflictGuardToken}"}. The filter does not
   * add a second one.
   */
  public static final String TOKEN = SubmittedToken.ATTRIBUTE;

  private static final Logger LOG = FilterNames.log();
  private static final String BEGUN = ConflictFilter.class.getName() + ".begun";

  /** A single instance, so that it can be removed again. */
  private final Consumer<HttpServletRequest> watch = this::ended;

  private final AtomicBoolean saidThatTagsChange = new AtomicBoolean();
  private @Nullable FilterControl control;
  private @Nullable RequestEnforcement guard;
  private @Nullable ConflictEvents events;
  private @Nullable Bridges bridges;
  private @Nullable MonitorModel model;
  private @Nullable ApplicationWeaver weaver;
  private @Nullable Doctor doctor;
  private @Nullable ServletContext context;
  private @Nullable Portal portal;

  @Override
  public void init(FilterConfig config) throws ServletException {
    FilterSettings settings = FilterSettings.read(config);
    Rules rules = RulesOfApplication.read(config, settings.rules());
    Policies policies;
    try {
      policies = new Policies(rules, settings, config.getServletContext());
    } catch (IllegalArgumentException e) {
      throw new ServletException(
          "Filter '" + config.getFilterName() + "': the rules file, " + e.getMessage(), e);
    }
    StartReport report = new StartReport(config);
    Doctor doctor = Doctor.of(config, ConflictFilter.class.getName(), report::warn, report::say);
    report.log(settings, rules, doctor);
    weaver = Weaving.beginIfNobodyHas(config, settings, rules);
    try {
      Weaving.report(config, settings, rules, report);
    } catch (ServletException e) {
      destroy(); // Not every container does this after a failed start.
      throw e;
    }
    model =
        MonitorModel.of(
            settings.monitor(),
            config.getServletContext().getContextPath(),
            policies::counts,
            rules.readsByInternalGet().keySet(),
            doctor::findings);
    ConflictEvents events =
        new ConflictEvents(
            config.getServletContext(),
            settings.monitor().actors(),
            settings.monitor().isLogJson(),
            model);
    this.events = events;
    context = config.getServletContext();
    GuardOverrides.set(
        FilterControl.loaderOf(config.getServletContext()),
        rules.overrides().isEmpty() ? null : PolicyOverrides.parse(rules.overrides()));
    Protection protection =
        Protection.of(config.getServletContext(), ConflictFilter.class.getName());
    rules
        .readsByInternalGet()
        .forEach((rule, path) -> doctor.readSkips(rule, protection.skippedAt(path)));
    guard =
        new RequestEnforcement(
            rules,
            policies,
            protection,
            settings,
            events,
            doctor,
            (states, judgement, responses, explainer) ->
                ObservedExchanges.of(
                    rules, policies, settings, events, explainer, states, judgement, responses));
    bridges = Bridges.open(context, settings, events, policies.counters());
    control = FilterControl.register(config, policies::counts, events, doctor, settings);
    Console console =
        Console.of(config, settings.portal(), report, model, control, policies::setMode, doctor);
    portal = Portal.of(settings, rules, policies::modeOf, context, console);
    doctor.reportIdle(() -> policies.whyNothingIsGuarded(isEnabled()));
    if (settings.findsBy(Found.RECORDER)) {
      report.say("recorder of swallowed exceptions: " + Doctor.recorder());
      doctor.expectRecorder(rules.namingSwallowing());
    }
    if (rules.areForForwards()) {
      doctor.expectForwards();
    }
    this.doctor = doctor;
    RequestWatch.begin(context, watch);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean http = request instanceof HttpServletRequest && response instanceof HttpServletResponse;
    if (http
        && portal != null
        && request.getDispatcherType() == DispatcherType.REQUEST
        && portal.serve((HttpServletRequest) request, (HttpServletResponse) response)) {
      request.setAttribute(BEGUN, portal);
    } else if (http && isEnabled()) {
      doFilter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    } else {
      RepeatableChain.unguarded(chain, request, response);
    }
  }

  @Override
  public void destroy() {
    if (context != null) {
      RequestWatch.end(context, watch);
      GuardOverrides.set(FilterControl.loaderOf(context), null);
    }
    if (control != null) {
      control.unregister();
    }
    if (bridges != null) {
      bridges.close();
    }
    if (guard != null) {
      guard.close();
    }
    if (weaver != null) {
      weaver.close();
    }
    if (model != null) {
      model.close();
    }
  }

  private boolean isEnabled() {
    return control == null || control.isEnabled();
  }

  private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (guard == null || bridges == null) {
      throw new ServletException("ConflictFilter was called before its init(FilterConfig)");
    }
    DispatcherType pass = request.getDispatcherType();
    Object begun = request.getAttribute(BEGUN);
    // A second instance in the chain would evaluate preconditions again, and wait for the first
    // one's lock.
    boolean first = pass == DispatcherType.REQUEST && begun == null;
    boolean forwarded = begun == null && Forwarded.isFirst(request);
    boolean later = pass == DispatcherType.ASYNC && begun instanceof Exchange;
    if (!first && !later && !forwarded) {
      chain.doFilter(request, response);
      return;
    }
    if (forwarded) {
      Forwarded.note(request);
      if (!guard.isForForwards()) {
        chain.doFilter(request, response);
        return;
      }
    }
    Exchange exchange =
        later ? ((Exchange) begun).continued(request, response) : guard.exchange(request, response);
    if (forwarded && !exchange.policy.isOfRule()) {
      chain.doFilter(exchange.request, response);
      return;
    }
    request.setAttribute(BEGUN, exchange);
    if (exchange.policy.mode == Mode.OFF) {
      RepeatableChain.unguarded(chain, exchange.request, response);
      return;
    }
    noteChangedTags(exchange);
    FilterChain repeatable =
        exchange.policy.mode == Mode.PROTECT
            ? new RepeatableChain(chain, events)
            : (asked, answered) -> RepeatableChain.unguarded(chain, asked, answered);
    Bridges.Pass logged = bridges.begin(exchange.request, exchange.policy.ruleName());
    try {
      guard.serve(exchange, repeatable);
    } finally {
      logged.end();
    }
  }

  /** Reports a request that the container has served, with or without the filter. */
  private void ended(HttpServletRequest request) {
    Object begun = request.getAttribute(BEGUN);
    if (doctor != null && isEnabled() && !(begun instanceof Portal)) {
      boolean passed = begun != null;
      doctor.ended(request, passed, Forwarded.target(request));
    }
  }

  /** Once, because it is a property of the installation. */
  private void noteChangedTags(Exchange exchange) {
    if (exchange.conditions.wereChanged() && saidThatTagsChange.compareAndSet(false, true)) {
      LOG.info(
          "Entity tags come back changed by a server on the way; that is undone, for tags of the"
              + " filter and by tagSuffixes and acceptWeakIfMatch. First seen for "
              + RequestPath.of(exchange.request));
    }
  }
}
