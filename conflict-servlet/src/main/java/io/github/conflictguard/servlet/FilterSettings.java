package io.github.conflictguard.servlet;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.problem.StatusProfile;
import io.github.conflictguard.servlet.answer.Problems;
import io.github.conflictguard.servlet.rule.ConflictRules;
import io.github.conflictguard.servlet.rule.Mode;
import io.github.conflictguard.servlet.rule.PathPattern;
import io.github.conflictguard.servlet.tag.BodyHash;
import io.github.conflictguard.servlet.weaving.WeavingWay;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the filter was told at start-up, checked. Immutable. */
final class FilterSettings {

  private static final Set<String> METHODS_THAT_REPLACE =
      new HashSet<>(Arrays.asList("PUT", "PATCH", "DELETE"));

  private static final int SHORTEST_SECRET = 16;

  private static final String SHA_256 = "sha-256";
  private static final String[] HASHES = {SHA_256, "keyed"};

  private static final Map<String, Found> WAYS_TO_FIND = new LinkedHashMap<>();

  static {
    for (Found way : EnumSet.complementOf(EnumSet.of(Found.PRECONDITION, Found.LOCK))) {
      WAYS_TO_FIND.put(way.code(), way);
    }
  }

  private final boolean enabled;
  private final List<PathPattern> requirePrecondition;
  private final int lockTimeoutMillis;
  private final int bufferLimit;
  private final BodyHash bodyHash;
  private final ChangedTags changedTags;
  private final @Nullable String rules;
  private final Mode mode;
  private final StatusProfile statusProfile;
  private final int missingReferenceStatus;
  private final int retryableStatus;
  private final Set<Found> findBy;
  private final int counters;
  private final int replayLimit;
  private final WeavingWay weaving;
  private final boolean strictWeaving;
  private final @Nullable String formSecret;
  private final @Nullable String conflictPage;

  private FilterSettings(FilterConfig config) throws ServletException {
    List<String> unknown = Setting.unknownIn(config);
    if (!unknown.isEmpty()) {
      throw wrong(config, unknown.get(0) + " is no setting", Setting.names().toString());
    }
    this.enabled = trueOrFalse(config, Setting.ENABLED, true);
    this.requirePrecondition =
        list(
            config,
            Setting.REQUIRE_PRECONDITION,
            PathPattern::parse,
            "URL patterns of the forms " + PathPattern.FORMS);
    this.lockTimeoutMillis = number(config, Setting.LOCK_TIMEOUT_MILLIS, 10_000);
    this.bufferLimit = number(config, Setting.BUFFER_LIMIT, 1024 * 1024);
    String bodyHashKey = secret(config, Setting.BODY_HASH_KEY, "the bodyHashKey");
    this.bodyHash =
        oneOf(config, Setting.BODY_HASH, HASHES, hash -> hash, SHA_256).equals(SHA_256)
            ? BodyHash.sha256()
            : BodyHash.keyed(bodyHashKey);
    this.changedTags =
        ChangedTags.of(
            list(
                config,
                Setting.TAG_SUFFIXES,
                suffix -> EntityTag.strong(suffix).opaque(),
                "suffixes of entity tags, such as --gzip"),
            trueOrFalse(config, Setting.WEAKENED_TAGS, false));
    Setting.Value file = Setting.RULES.in(config);
    this.rules = file == null ? null : file.text;
    this.mode = oneOf(config, Setting.MODE, Mode.values(), Mode::code, Mode.PROTECT);
    this.statusProfile =
        oneOf(
            config,
            Setting.STATUS_PROFILE,
            StatusProfile.values(),
            StatusProfile::code,
            StatusProfile.STANDARD);
    this.missingReferenceStatus = conflictOr(422, config, Setting.MISSING_REFERENCE_STATUS);
    this.retryableStatus = conflictOr(503, config, Setting.RETRYABLE_STATUS);
    List<Found> ways =
        list(config, Setting.FIND_BY, FilterSettings::wayToFind, WAYS_TO_FIND.keySet().toString());
    this.findBy =
        Setting.FIND_BY.in(config) == null
            ? EnumSet.copyOf(WAYS_TO_FIND.values())
            : ways.isEmpty() ? EnumSet.noneOf(Found.class) : EnumSet.copyOf(ways);
    this.counters = number(config, Setting.COUNTERS, 1024 * 1024);
    this.formSecret = secret(config, Setting.FORM_SECRET, "the formSecret");
    this.replayLimit = number(config, Setting.REPLAY_LIMIT, 4 * 1024 * 1024);
    this.weaving =
        oneOf(config, Setting.WEAVING, WeavingWay.values(), WeavingWay::code, WeavingWay.AGENT);
    this.strictWeaving = trueOrFalse(config, Setting.STRICT_WEAVING, false);
    this.conflictPage = path(config, Setting.CONFLICT_PAGE);
  }

  /**
   * Reads the settings.
   *
   * @throws ServletException if a name or a value is wrong; the message names the filter, the
   *     parameter, its value and what would be accepted
   */
  static FilterSettings read(FilterConfig config) throws ServletException {
    return new FilterSettings(config);
  }

  /** Whether the filter starts switched on. */
  boolean enabled() {
    return enabled;
  }

  /** Whether this write is refused without a precondition. */
  boolean requiresPrecondition(String method, String path) {
    return METHODS_THAT_REPLACE.contains(method)
        && requirePrecondition.stream().anyMatch(pattern -> pattern.matches(path));
  }

  int lockTimeoutMillis() {
    return lockTimeoutMillis;
  }

  int bufferLimit() {
    return bufferLimit;
  }

  /** The path of the rules file; null when nobody has set one. */
  @Nullable String rules() {
    return rules;
  }

  /** The mode of everything for which no rule says another one. */
  Mode mode() {
    return mode;
  }

  /** Describes problems, with the status codes that were chosen. */
  Problems problems(ConflictRules conflicts) {
    return new Problems(statusProfile, missingReferenceStatus, retryableStatus, conflicts::fieldOf);
  }

  /** Whether conflicts of the application are found in this way. */
  boolean findsBy(Found way) {
    return findBy.contains(way);
  }

  /** How many counters there are. */
  int counters() {
    return counters;
  }

  /** How much is remembered of writes that were applied, in bytes; 0 for nothing. */
  int replayLimit() {
    return replayLimit;
  }

  /** How classes are woven while they are loaded. */
  WeavingWay weaving() {
    return weaving;
  }

  /** Whether everything that asks for a guard must have one. */
  boolean strictWeaving() {
    return strictWeaving;
  }

  /** The application's own page for forms that came too late; null when there is none. */
  @Nullable String conflictPage() {
    return conflictPage;
  }

  /** What seals the tokens in forms; null for what nobody else knows. */
  @Nullable String formSecret() {
    return formSecret;
  }

  /** What makes entity tags from bodies. */
  BodyHash bodyHash() {
    return bodyHash;
  }

  /** What servers on the way do to entity tags. */
  ChangedTags changedTags() {
    return changedTags;
  }

  /** Reads a list whose parts the parser may refuse by an IllegalArgumentException. */
  private static <T> List<T> list(
      FilterConfig config, Setting setting, Function<String, T> parser, String accepted)
      throws ServletException {
    List<T> list = new ArrayList<>();
    Setting.Value value = setting.in(config);
    if (value == null) {
      return list;
    }
    StringTokenizer parts = new StringTokenizer(value.text, ", \t\r\n");
    while (parts.hasMoreTokens()) {
      String part = parts.nextToken();
      try {
        list.add(parser.apply(part));
      } catch (IllegalArgumentException e) {
        throw wrong(
            config,
            value + ", in which '" + part + "' is wrong",
            accepted + ", separated by commas");
      }
    }
    return list;
  }

  private static boolean trueOrFalse(FilterConfig config, Setting setting, boolean otherwise)
      throws ServletException {
    Setting.Value value = setting.in(config);
    if (value == null) {
      return otherwise;
    }
    if (value.text.equals("true") || value.text.equals("false")) {
      return value.text.equals("true");
    }
    throw wrong(config, value.toString(), "true and false");
  }

  private static <T> T oneOf(
      FilterConfig config, Setting setting, T[] constants, Function<T, String> code, T otherwise)
      throws ServletException {
    Setting.Value value = setting.in(config);
    if (value == null) {
      return otherwise;
    }
    for (T constant : constants) {
      if (code.apply(constant).equals(value.text)) {
        return constant;
      }
    }
    throw wrong(
        config, value.toString(), Arrays.toString(Arrays.stream(constants).map(code).toArray()));
  }

  private static int conflictOr(int other, FilterConfig config, Setting setting)
      throws ServletException {
    Setting.Value value = setting.in(config);
    if (value == null || value.text.equals("409")) {
      return HttpServletResponse.SC_CONFLICT;
    }
    if (value.text.equals(Integer.toString(other))) {
      return other;
    }
    throw wrong(config, value.toString(), "409 and " + other);
  }

  private static @Nullable String secret(FilterConfig config, Setting setting, String name)
      throws ServletException {
    Setting.Value secret = setting.in(config);
    if (secret != null && secret.text.length() < SHORTEST_SECRET) {
      // Without the value: messages get into logs.
      throw wrong(
          config,
          name + " has " + secret.text.length() + " characters",
          SHORTEST_SECRET + " and more");
    }
    return secret == null ? null : secret.text;
  }

  private static @Nullable String path(FilterConfig config, Setting setting)
      throws ServletException {
    Setting.Value value = setting.in(config);
    if (value != null && !value.text.startsWith("/")) {
      throw wrong(config, value.toString(), "paths inside the web application that begin with /");
    }
    return value == null ? null : value.text;
  }

  private static Found wayToFind(String name) {
    Found way = WAYS_TO_FIND.get(name);
    if (way == null) {
      throw new IllegalArgumentException(name);
    }
    return way;
  }

  private static int number(FilterConfig config, Setting setting, int otherwise)
      throws ServletException {
    Setting.Value value = setting.in(config);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as a negative number is.
    }
    throw wrong(config, value.toString(), "whole numbers from 0 to " + Integer.MAX_VALUE);
  }

  static ServletException wrong(FilterConfig config, String what, String accepted) {
    return new ServletException(
        "Filter '" + config.getFilterName() + "': " + what + "; accepted are " + accepted);
  }
}
