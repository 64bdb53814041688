package io.github.conflictguard.servlet.config;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.problem.StatusProfile;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.answer.BodyTemplate;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.formdata.FormLimits;
import io.github.conflictguard.servlet.match.PathPattern;
import io.github.conflictguard.servlet.rule.ConflictRules;
import io.github.conflictguard.servlet.rule.Mode;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The validated settings of the filter. Immutable. */
public final class FilterSettings {

  private static final Set<String> METHODS_THAT_REPLACE =
      new HashSet<>(Arrays.asList("PUT", "PATCH", "DELETE"));

  private final boolean enabled;
  private final List<PathPattern> requirePrecondition;
  private final int lockTimeoutMillis;
  private final int lockWaiters;
  private final int slowClientMillis;
  private final int asyncLockMillis;
  private final int bufferLimit;
  private final int holdMillis;
  private final int rememberedBodies;
  private final ChangedTags changedTags;
  private final @Nullable String rules;
  private final Mode mode;
  private final StatusProfile statusProfile;
  private final int missingReferenceStatus;
  private final int retryableStatus;
  private final Set<Found> detectBy;
  private final int counters;
  private final int replayLimit;
  private final WeavingWay weaving;
  private final boolean strictWeaving;
  private final List<String> formSecrets;
  private final FormLimits formLimits;
  private final TelemetryTarget telemetry;
  private final boolean exposeHeaders;
  private final @Nullable String conflictPage;
  private final @Nullable BodyTemplate problemBody;
  private final IdempotencySettings idempotency;
  private final MonitorSettings monitor;
  private final PortalSettings portal;

  private FilterSettings(FilterConfig config) throws ServletException {
    SettingReader given = new SettingReader(config);
    List<String> renamed = new ConfiguredSettings(config).renamed();
    if (!renamed.isEmpty()) {
      throw new ServletException(
          "Filter '" + config.getFilterName() + "': " + String.join("; ", renamed));
    }
    List<String> unknown = new ConfiguredSettings(config).unknown();
    if (!unknown.isEmpty()) {
      throw given.wrong(unknown.get(0) + " is not a setting", Setting.names().toString());
    }
    this.enabled = given.trueOrFalse(Setting.ENABLED);
    this.requirePrecondition =
        given.list(
            Setting.REQUIRE_PRECONDITION,
            PathPattern::parse,
            "URL patterns of the forms " + PathPattern.FORMS);
    this.lockTimeoutMillis = given.number(Setting.LOCK_TIMEOUT_MILLIS);
    this.lockWaiters = given.number(Setting.LOCK_WAITERS);
    this.slowClientMillis = given.number(Setting.SLOW_CLIENT_MILLIS);
    this.asyncLockMillis = given.number(Setting.ASYNC_LOCK_MILLIS);
    this.bufferLimit = given.number(Setting.BUFFER_LIMIT);
    this.holdMillis = given.number(Setting.HOLD_MILLIS);
    this.rememberedBodies = given.number(Setting.REMEMBERED_BODIES);
    this.changedTags =
        ChangedTags.of(
            given.list(
                Setting.TAG_SUFFIXES,
                suffix -> EntityTag.strong(suffix).opaque(),
                "suffixes of entity tags, such as --gzip"),
            given.trueOrFalse(Setting.ACCEPT_WEAK_IF_MATCH));
    this.rules = given.text(Setting.RULES);
    this.mode = given.oneOf(Setting.MODE, Mode.values(), Mode::code);
    this.statusProfile =
        given.oneOf(Setting.STATUS_PROFILE, StatusProfile.values(), StatusProfile::code);
    this.missingReferenceStatus =
        given.status(Setting.MISSING_REFERENCE_STATUS, HttpServletResponse.SC_CONFLICT, 422);
    this.retryableStatus =
        given.status(
            Setting.RETRYABLE_STATUS,
            HttpServletResponse.SC_CONFLICT,
            HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    this.detectBy = WaysToFind.in(given);
    this.counters = given.number(Setting.COUNTERS);
    this.formSecrets = given.secrets(Setting.FORM_SECRET);
    this.formLimits =
        new FormLimits(given.number(Setting.FORM_LIMIT), given.number(Setting.PARAMETER_LIMIT));
    this.replayLimit = given.number(Setting.REPLAY_LIMIT);
    this.weaving = given.oneOf(Setting.WEAVING, WeavingWay.values(), WeavingWay::code);
    this.strictWeaving = given.trueOrFalse(Setting.STRICT_WEAVING);
    this.telemetry =
        given.oneOf(Setting.TELEMETRY, TelemetryTarget.values(), TelemetryTarget::code);
    this.exposeHeaders = given.trueOrFalse(Setting.EXPOSE_HEADERS);
    this.conflictPage = given.path(Setting.CONFLICT_PAGE);
    this.problemBody =
        given.parsed(Setting.PROBLEM_BODY, BodyTemplate::parse, BodyTemplate.accepted());
    this.idempotency = new IdempotencySettings(given);
    this.monitor = new MonitorSettings(given);
    this.portal = new PortalSettings(given, monitor);
  }

  /**
   * Reads the settings.
   *
   * @throws ServletException if a name or a value is wrong; the message names the filter, the
   *     parameter, its value and what is accepted
   */
  public static FilterSettings read(FilterConfig config) throws ServletException {
    return new FilterSettings(config);
  }

  /** Returns whether the filter is initially enabled. */
  public boolean enabled() {
    return enabled;
  }

  /** Returns the libraries by which numbers and spans are published. */
  public TelemetryTarget telemetry() {
    return telemetry;
  }

  /** Returns whether writes anywhere must carry a precondition, whatever rules specify. */
  public boolean requiresAnyPrecondition() {
    return !requirePrecondition.isEmpty();
  }

  /** Returns whether this write is refused without a precondition. */
  public boolean requiresPrecondition(String method, String path) {
    if (!requirePrecondition.isEmpty() && METHODS_THAT_REPLACE.contains(method)) {
      for (PathPattern pattern : requirePrecondition) {
        if (pattern.matches(path)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the maximum time for which a write waits for a lock, in milliseconds. */
  public int lockTimeoutMillis() {
    return lockTimeoutMillis;
  }

  /** Creates the limit that is shared by all waiting requests. */
  public WaiterLimit waiterLimit() {
    return new WaiterLimit(lockWaiters);
  }

  /** Creates the locks of records. */
  public ResourceLocks locks(WaiterLimit waiters) {
    return new ResourceLocks(waiters, slowClientMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * Returns the maximum time for which an asynchronous write keeps its lock while others wait, in
   * milliseconds.
   */
  public int asyncLockMillis() {
    return asyncLockMillis;
  }

  /** Returns the maximum length of a buffered response, in bytes. */
  public int bufferLimit() {
    return bufferLimit;
  }

  /**
   * Returns how long a response is buffered once the container would have sent a part of it, in
   * milliseconds.
   */
  public int holdMillis() {
    return holdMillis;
  }

  /** Returns the path of the rules file; null when it is not set. */
  public @Nullable String rules() {
    return rules;
  }

  /** Returns the mode for all rules that do not specify one. */
  public Mode mode() {
    return mode;
  }

  /** Creates the descriptions of problems, with the configured status codes. */
  public Problems problems(ConflictRules conflicts) {
    return new Problems(
        statusProfile,
        missingReferenceStatus,
        retryableStatus,
        conflicts::fieldOf,
        portal.problemBase());
  }

  /** Returns whether conflicts of the application are detected in this way. */
  public boolean findsBy(Found way) {
    return detectBy.contains(way);
  }

  /** Returns the number of counters. */
  public int counters() {
    return counters;
  }

  /** Returns the memory for the records of applied writes, in bytes; 0 for none. */
  public int replayLimit() {
    return replayLimit;
  }

  /** Returns how classes are woven while they are loaded. */
  public WeavingWay weaving() {
    return weaving;
  }

  /** Returns whether the start fails if a method that should be guarded is not. */
  public boolean strictWeaving() {
    return strictWeaving;
  }

  /** Returns whether the headers of the filter are added to those that other origins may read. */
  public boolean exposeHeaders() {
    return exposeHeaders;
  }

  /** Returns the application's own page for stale forms; null when there is none. */
  public @Nullable String conflictPage() {
    return conflictPage;
  }

  /** Returns the application's own format of error bodies; null when there is none. */
  public @Nullable BodyTemplate problemBody() {
    return problemBody;
  }

  /**
   * Returns the secrets that protect the tokens in forms, the newest first; empty for a generated
   * one.
   */
  public List<String> formSecrets() {
    return formSecrets;
  }

  /** Returns how much of a form is read before the application is called. */
  public FormLimits formLimits() {
    return formLimits;
  }

  /** Returns the memory for bodies that are sent repeatedly, in bytes; 0 for none. */
  public int rememberedBodies() {
    return rememberedBodies;
  }

  /** Returns the changes that intermediaries make to entity tags. */
  public ChangedTags changedTags() {
    return changedTags;
  }

  /** Returns the settings of idempotency keys. */
  public IdempotencySettings idempotency() {
    return idempotency;
  }

  /** Returns the settings of the monitor and the journal. */
  public MonitorSettings monitor() {
    return monitor;
  }

  /** Returns the settings of what developers of clients read. */
  public PortalSettings portal() {
    return portal;
  }
}
