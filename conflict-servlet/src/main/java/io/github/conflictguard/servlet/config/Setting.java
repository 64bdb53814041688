package io.github.conflictguard.servlet.config;

import io.github.conflictguard.servlet.formdata.FormLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the filter. One name in three places: the system property {@code
 * conflictguard.name} takes precedence over the filter's init-param {@code name}, which takes
 * precedence over the context parameter {@code conflictguard.name}.
 */
public enum Setting {
  /** Whether the filter is active. */
  ENABLED("enabled", "true"),

  /** Whether the filter is registered if {@code web.xml} does not declare it. */
  REGISTER("register", "true"),

  /** The URL patterns for which writes require a precondition. */
  REQUIRE_PRECONDITION("requirePrecondition", null),

  /** The maximum time for which a write waits for a lock, in milliseconds. */
  LOCK_TIMEOUT_MILLIS("lockTimeoutMillis", "10000", Unit.MILLISECONDS),

  /** The maximum number of requests that wait for others at the same time. */
  LOCK_WAITERS("lockWaiters", "128"),

  /**
   * The maximum total time for which a conditional write that waits for its client blocks others,
   * in milliseconds.
   */
  SLOW_CLIENT_MILLIS("slowClientMillis", "2000", Unit.MILLISECONDS),

  /**
   * The maximum time for which an asynchronous write keeps its lock while others wait, in
   * milliseconds.
   */
  ASYNC_LOCK_MILLIS("asyncLockMillis", "60000", Unit.MILLISECONDS),

  /** The maximum length of a response that gets an entity tag, in bytes. */
  BUFFER_LIMIT("bufferLimit", "1048576", Unit.BYTES),

  /** The time for which a response is buffered after its first byte, in milliseconds. */
  HOLD_MILLIS("holdMillis", "500", Unit.MILLISECONDS),

  /** The memory for response bodies that need not be hashed again, in bytes. */
  REMEMBERED_BODIES("rememberedBodies", "8388608", Unit.BYTES),

  /** The suffixes that intermediaries append to entity tags when they compress responses. */
  TAG_SUFFIXES("tagSuffixes", null),

  /** Whether a weak tag in {@code If-Match} matches the strong one. */
  ACCEPT_WEAK_IF_MATCH("acceptWeakIfMatch", "false"),

  /** The path of the rules file inside the web application. */
  RULES("rules", RulesOfApplication.USUAL_FILE),

  /** The mode for rules that do not specify one. */
  MODE("mode", "protect"),

  /** Whether responses have the standard statuses, or 409 instead of 412 and 428. */
  STATUS_PROFILE("statusProfile", "standard"),

  /** How classes are woven while they are loaded. */
  WEAVING("weaving", "agent"),

  /** Whether startup fails if a method that should be guarded is not woven. */
  STRICT_WEAVING("strictWeaving", "false"),

  /** The number of counters that all rules with the tag {@code counter} share. */
  COUNTERS("counters", "1048576"),

  /**
   * The memory for recorded responses to conditional writes, likewise for those to forms, and for
   * the forms that were processed, in bytes each.
   */
  REPLAY_LIMIT("replayLimit", "4194304", Unit.BYTES),

  /** The request header that contains the idempotency key. */
  IDEMPOTENCY_HEADER("idempotencyHeader", "Idempotency-Key"),

  /** The time for which an idempotency key is remembered, in seconds. */
  IDEMPOTENCY_LIFETIME_SECONDS("idempotencyLifetimeSeconds", "86400", Unit.SECONDS),

  /** The time for which a repetition waits for the first request, in milliseconds. */
  IDEMPOTENCY_WAIT_MILLIS("idempotencyWaitMillis", "0", Unit.MILLISECONDS),

  /** Whether responses with a status of 500 and above are stored for repetitions. */
  IDEMPOTENCY_STORE_5XX("idempotencyStore5xx", "false"),

  /** The memory for idempotency keys, and likewise for the responses to them, in bytes each. */
  IDEMPOTENCY_LIMIT("idempotencyLimit", "16777216", Unit.BYTES),

  /** The secret that protects the tokens of forms. */
  FORM_SECRET("formSecret", null),

  /** The maximum length of a form that is read before the application is called, in bytes. */
  FORM_LIMIT("formLimit", Integer.toString(FormLimits.DEFAULT.bytes()), Unit.BYTES),

  /** The maximum number of parameters of a form, if the container does not expose its own limit. */
  PARAMETER_LIMIT("parameterLimit", Integer.toString(FormLimits.DEFAULT.parameters())),

  /** The status for a reference to a missing record. */
  MISSING_REFERENCE_STATUS("missingReferenceStatus", "409"),

  /** The status for conflicts of the kinds {@code locked} and {@code transient}. */
  RETRYABLE_STATUS("retryableStatus", "409"),

  /** How conflicts of the application are detected. */
  DETECT_BY("detectBy", "thrown, attribute, answer, recorder"),

  /** The path of the application's own page for stale forms. */
  CONFLICT_PAGE("conflictPage", null),

  /** The application's own format of error bodies. */
  PROBLEM_BODY("problemBody", null),

  /** The beginning of the URIs of problem types. */
  PROBLEM_BASE("problemBase", null),

  /** Whether the module for browsers is served. */
  CLIENT_SCRIPT("clientScript", "false"),

  /** Who may see the pages for developers of clients. */
  PORTAL("portal", "off"),

  /** Who may see the monitor. */
  MONITOR("monitor", "off"),

  /** The token for the monitor. */
  MONITOR_TOKEN("monitorToken", null),

  /** Whether the monitor offers changes. */
  MONITOR_WRITES("monitorWrites", "false"),

  /** The origins of the monitor's pages. */
  MONITOR_ORIGIN("monitorOrigin", null),

  /** The form of lines in the log. */
  MONITOR_LOG("monitorLog", "text"),

  /** The file of the journal. */
  JOURNAL("journal", null),

  /** How long the file of the journal keeps entries. */
  JOURNAL_DAYS("journalDays", "7"),

  /** How the people behind conflicts are named. */
  ACTORS("actors", null),

  /** The form of resource keys in the journal. */
  MONITOR_KEYS("monitorKeys", "plain"),

  /** Whether the logging context of the application is set. */
  MDC("mdc", "false"),

  /** The libraries by which numbers and spans are published. */
  TELEMETRY("telemetry", "all"),

  /** Whether scripts of other origins may read the headers of the filter. */
  EXPOSE_HEADERS("exposeHeaders", "false"),

  /** Whether pages get the header {@code Conflict-Risk}. */
  RISK_HEADER("riskHeader", "false");

  private final String parameter;
  private final @Nullable String usual;
  private final Unit unit;

  Setting(String parameter, @Nullable String usual) {
    this(parameter, usual, Unit.NONE);
  }

  Setting(String parameter, @Nullable String usual, Unit unit) {
    this.parameter = parameter;
    this.usual = usual;
    this.unit = unit;
  }

  /** Returns the name without any prefix. */
  String parameter() {
    return parameter;
  }

  /** Returns the default value; null where there is none. */
  @Nullable SettingValue usual() {
    return usual == null ? null : new SettingValue(this, "the default of " + parameter, usual);
  }

  /** Returns the unit of its number. */
  Unit unit() {
    return unit;
  }

  /** Returns the names of all settings, without any prefix. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Setting setting : values()) {
      names.add(setting.parameter);
    }
    return names;
  }

  /** The unit of a setting's number. */
  enum Unit {
    NONE,
    BYTES,
    MILLISECONDS,
    SECONDS
  }
}
