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
  ENABLED(
      "enabled",
      "true",
      Unit.NONE,
      "`false` lets every request pass as if there were no filter, and guarded methods are"
          + " never retried."),

  /** Whether the filter is registered if {@code web.xml} does not declare it. */
  REGISTER(
      "register",
      "true",
      Unit.NONE,
      "`false` keeps the jar from registering the filter where `web.xml` does not declare"
          + " it."),

  /** The URL patterns for which writes require a precondition. */
  REQUIRE_PRECONDITION(
      "requirePrecondition",
      null,
      Unit.NONE,
      "URL patterns as in `web.xml`, separated by commas, where PUT, PATCH and DELETE are"
          + " refused with 428 unless they carry `If-Match`, `If-None-Match`, or"
          + " `If-Unmodified-Since` for something that has a `Last-Modified`."),

  /** The maximum time for which a write waits for a lock, in milliseconds. */
  LOCK_TIMEOUT_MILLIS(
      "lockTimeoutMillis",
      "10000",
      Unit.MILLISECONDS,
      "How many milliseconds a write waits for another one to the same resource before it"
          + " is refused with 409 `locked`."),

  /** The maximum number of requests that wait for others at the same time. */
  LOCK_WAITERS(
      "lockWaiters",
      "128",
      Unit.NONE,
      "How many writes wait for others at one time, and repeated submits for the first one;"
          + " half of them for one record."),

  /**
   * The maximum total time for which a conditional write that waits for its client blocks others,
   * in milliseconds.
   */
  SLOW_CLIENT_MILLIS(
      "slowClientMillis",
      "2000",
      Unit.MILLISECONDS,
      "How many milliseconds in all a conditional write may keep others waiting while it"
          + " waits for bytes from its own client, before it is ended with 408."),

  /**
   * The maximum time for which an asynchronous write keeps its lock while others wait, in
   * milliseconds.
   */
  ASYNC_LOCK_MILLIS(
      "asyncLockMillis",
      "60000",
      Unit.MILLISECONDS,
      "How many milliseconds an asynchronous write keeps its lock after the servlet has"
          + " returned, if others wait and the timeout of its `AsyncContext` is 0 or shorter."),

  /** The maximum length of a response that gets an entity tag, in bytes. */
  BUFFER_LIMIT(
      "bufferLimit",
      "1048576",
      Unit.BYTES,
      "The longest response that gets an entity tag, in bytes; also the most that one"
          + " request holds in memory."),

  /** The time for which a response is buffered after its first byte, in milliseconds. */
  HOLD_MILLIS(
      "holdMillis",
      "500",
      Unit.MILLISECONDS,
      "How many milliseconds a response is held for its tag after its first byte."),

  /** The memory for response bodies that need not be hashed again, in bytes. */
  REMEMBERED_BODIES(
      "rememberedBodies",
      "8388608",
      Unit.BYTES,
      "How many bytes of responses that were the same twice are remembered, so that the"
          + " next one need not be hashed."),

  /** The suffixes that intermediaries append to entity tags when they compress responses. */
  TAG_SUFFIXES(
      "tagSuffixes",
      null,
      Unit.NONE,
      "Suffixes that a server between application and client appends to entity tags when it"
          + " compresses, separated by commas: `--gzip` (Jetty), `-gzip` (Apache httpd)."),

  /** Whether a weak tag in {@code If-Match} matches the strong one. */
  ACCEPT_WEAK_IF_MATCH(
      "acceptWeakIfMatch",
      "false",
      Unit.NONE,
      "`true` lets a weak tag in `If-Match` stand for the strong one, for a server on the"
          + " way that weakens tags (nginx)."),

  /** The path of the rules file inside the web application. */
  RULES(
      "rules",
      RulesOfApplication.USUAL_FILE,
      Unit.NONE,
      "The rules file, a path inside the web application."),

  /** The mode for rules that do not specify one. */
  MODE(
      "mode",
      "protect",
      Unit.NONE,
      "`observe` counts and changes nothing, `off` does nothing, and neither retries"
          + " guarded methods; for all requests whose rule has no mode of its own."),

  /** Whether responses have the standard statuses, or 409 instead of 412 and 428. */
  STATUS_PROFILE(
      "statusProfile",
      "standard",
      Unit.NONE,
      "`uniform` sends 409 where `standard` sends 412 or 428, for clients that support only"
          + " 409."),

  /** How classes are woven while they are loaded. */
  WEAVING(
      "weaving",
      "agent",
      Unit.NONE,
      "What weaves classes while they are loaded: `agent`, if the JVM has one, `container`,"
          + " `attach`, `none`."),

  /** Whether startup fails if a method that should be guarded is not woven. */
  STRICT_WEAVING(
      "strictWeaving",
      "false",
      Unit.NONE,
      "`true` stops the start-up if a method that should be guarded is not woven."),

  /** The number of counters that all rules with the tag {@code counter} share. */
  COUNTERS(
      "counters",
      "1048576",
      Unit.NONE,
      "How many counters all rules with the tag `counter` share, eight bytes each, reserved"
          + " when there is such a rule."),

  /**
   * The memory for recorded responses to conditional writes, likewise for those to forms, and for
   * the forms that were processed, in bytes each.
   */
  REPLAY_LIMIT(
      "replayLimit",
      "4194304",
      Unit.BYTES,
      "How many bytes are kept for the responses to conditional writes, as many for those"
          + " to forms, and as many for the forms that were run."),

  /** The secret that protects the tokens of forms. */
  FORM_SECRET(
      "formSecret", null, Unit.NONE, "At least 16 characters that seal the tokens of forms."),

  /** The maximum length of a form that is read before the application is called, in bytes. */
  FORM_LIMIT(
      "formLimit",
      Integer.toString(FormLimits.DEFAULT.bytes()),
      Unit.BYTES,
      "The longest body of a form that is read before the application runs, in bytes."),

  /** The maximum number of parameters of a form, if the container does not expose its own limit. */
  PARAMETER_LIMIT(
      "parameterLimit",
      Integer.toString(FormLimits.DEFAULT.parameters()),
      Unit.NONE,
      "How many parameters a form may have where the container does not reveal its own"
          + " limit (Tomcat and Jetty do)."),

  /** The status for a reference to a missing record. */
  MISSING_REFERENCE_STATUS(
      "missingReferenceStatus",
      "409",
      Unit.NONE,
      "`422` for a reference to something that is not there."),

  /** The status for conflicts of the kinds {@code locked} and {@code transient}. */
  RETRYABLE_STATUS(
      "retryableStatus",
      "409",
      Unit.NONE,
      "`503` for `locked` and `transient`: some clients and proxies repeat such a request"
          + " by themselves."),

  /** How conflicts of the application are detected. */
  DETECT_BY(
      "detectBy",
      "thrown, attribute, answer, recorder",
      Unit.NONE,
      "How conflicts of the application are found."),

  /** The path of the application's own page for stale forms. */
  CONFLICT_PAGE(
      "conflictPage",
      null,
      Unit.NONE,
      "A page of the application, as a path inside of it, that shows stale forms in place"
          + " of the filter's own page."),

  /** The application's own format of error bodies. */
  PROBLEM_BODY(
      "problemBody",
      null,
      Unit.NONE,
      "The application's own format of error bodies for programs (`application/json` then):"
          + " a JSON object in whose strings `{title}`, `{detail}`, `{status}`, `{kind}`,"
          + " `{instance}`, `{resource}`, `{field}`, `{fields}` (labels), `{current}`,"
          + " `{earlierWrite}`, `{changes}` and other"
          + " members are replaced."),

  /** The beginning of the URIs of problem types. */
  PROBLEM_BASE(
      "problemBase",
      null,
      Unit.NONE,
      "The beginning of the URIs in `type`, to which the kind is appended:"
          + " `https://app.example.org/office/conflict-guard/problems/` is where the filter then"
          + " serves a page for each kind, to everyone."),

  /** Whether the module for browsers is served. */
  CLIENT_SCRIPT(
      "clientScript",
      "false",
      Unit.NONE,
      "`true` serves the module for browsers as `/conflict-guard/client.js`, and its types as"
          + " `client.d.ts`, to everyone."),

  /** Who may see the pages for developers of clients. */
  PORTAL(
      "portal",
      "off",
      Unit.NONE,
      "Who may see the pages for developers of clients below `/conflict-guard/help/`, and the"
          + " OpenAPI document, both of which contain the paths of rules: `off`, `monitor` (those who"
          + " may see the monitor) or `public`."),

  /** Who may see the monitor. */
  MONITOR(
      "monitor",
      "off",
      Unit.NONE,
      "Who may see the monitor below `/conflict-guard/`: `off`, `token`,"
          + " `role:NAME[,NAME...]` or `user:NAME[,NAME...]`."),

  /** The token for the monitor. */
  MONITOR_TOKEN(
      "monitorToken",
      null,
      Unit.NONE,
      "At least 24 characters that open the monitor where `monitor` is `token`."),

  /** Whether the monitor offers changes. */
  MONITOR_WRITES(
      "monitorWrites",
      "false",
      Unit.NONE,
      "`true` lets readers of the monitor change the mode of rules and switch the filter off."),

  /** The origins of the monitor's pages. */
  MONITOR_ORIGIN(
      "monitorOrigin",
      null,
      Unit.NONE,
      "The origins of the monitor's pages, separated by commas, where a proxy changes `Host`:"
          + " `https://app.example.org`."),

  /** The form of lines in the log. */
  MONITOR_LOG(
      "monitorLog",
      "text",
      Unit.NONE,
      "`json` writes conflicts and lost updates to the log as objects of the Elastic Common"
          + " Schema."),

  /** The file of the journal. */
  JOURNAL(
      "journal",
      null,
      Unit.NONE,
      "The absolute path of a file to which conflicts, lost updates and lock waits are appended"
          + " as JSON lines."),

  /** How the people behind conflicts are named. */
  ACTORS(
      "actors",
      null,
      Unit.NONE,
      "How people are named: `hidden`, `pseudonym` or `name`, for clients and on the monitor."),

  /** The form of resource keys in the journal. */
  MONITOR_KEYS(
      "monitorKeys",
      "plain",
      Unit.NONE,
      "`hashed` records resource keys and paths as hashes, except for numbers."),

  /** Whether the logging context of the application is set. */
  MDC(
      "mdc",
      "false",
      Unit.NONE,
      "`true` puts the rule and the instance of a conflict into the logging context (SLF4J's"
          + " `MDC`)."),

  /** The libraries by which numbers and spans are published. */
  TELEMETRY(
      "telemetry",
      "all",
      Unit.NONE,
      "The libraries of the application that get meters, and attributes of spans: `all`,"
          + " `micrometer`, `opentelemetry`, `none`."),

  /** Whether pages get the header {@code Conflict-Risk}. */
  RISK_HEADER(
      "riskHeader",
      "false",
      Unit.NONE,
      "`true` adds `Conflict-Risk` to pages and representations: the predicted probability that"
          + " a save meets a conflict.");

  private final String parameter;
  private final @Nullable String usual;
  private final Unit unit;
  private final String sentence;

  Setting(String parameter, @Nullable String usual, Unit unit, String sentence) {
    this.parameter = parameter;
    this.usual = usual;
    this.unit = unit;
    this.sentence = sentence;
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

  /** Returns one sentence about its effect, in Markdown: the beginning of its documentation. */
  String sentence() {
    return sentence;
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
    MILLISECONDS
  }
}
