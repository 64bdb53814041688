package io.github.conflictguard.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of the filter. One name in three places: the system property {@code
 * conflictguard.name} wins over the filter's init-param {@code name}, which wins over the context
 * parameter {@code conflictguard.name}.
 */
enum Setting {
  /**
   * {@code false} lets every request pass as if there were no filter; JMX can change it while the
   * application runs. Default: true.
   */
  ENABLED("enabled"),

  /**
   * {@code false} keeps the filter out of a web application whose {@code web.xml} does not declare
   * it. A context parameter or a system property, as there is no filter yet. Default: true.
   */
  REGISTER("register"),

  /**
   * URL patterns, separated by commas or white space: PUT, PATCH and DELETE there are refused with
   * 428 unless they carry {@code If-Match}, {@code If-None-Match}, or {@code If-Unmodified-Since}
   * for something that has a modification date. Default: none.
   */
  REQUIRE_PRECONDITION("requirePrecondition"),

  /**
   * How many milliseconds a write waits for another write to the same resource before it is
   * answered with 409 {@code locked}. Default: 10000; 0 does not wait.
   */
  LOCK_TIMEOUT_MILLIS("lockTimeoutMillis"),

  /**
   * How many writes wait for the lock of a record at one time, and form submissions for the first
   * of their sort; half of them for the same one. The others are answered with 409 {@code locked}
   * at once. Default: 128; with 0 none waits.
   */
  LOCK_WAITERS("lockWaiters"),

  /**
   * How many milliseconds in all a conditional write may keep others waiting while it waits for the
   * bytes of its own client. Then it is ended with 408. Default: 2000.
   */
  SLOW_CLIENT_MILLIS("slowClientMillis"),

  /**
   * After how many milliseconds an asynchronous write that is not complete yields its lock to those
   * that wait for it; never before the timeout of its AsyncContext. Default: 60000.
   */
  ASYNC_LOCK_MILLIS("asyncLockMillis"),

  /**
   * The longest answer that gets an entity tag, in bytes (in those of UTF-8, when the application
   * writes characters). Longer ones are passed on without. Default: 1048576.
   */
  BUFFER_LIMIT("bufferLimit"),

  /**
   * How many milliseconds an answer is held for its entity tag after its first byte, as soon as the
   * container alone would have sent a part of it. After that it is passed on without a tag.
   * Default: 500; 0 holds no more than the container itself collects.
   */
  HOLD_MILLIS("holdMillis"),

  /**
   * What entity tags are made by from bodies: {@code sha-256}; or {@code keyed}, which is faster,
   * above all with long answers and old Java versions. Default: sha-256.
   */
  BODY_HASH("bodyHash"),

  /**
   * A secret of at least 16 characters for the {@code keyed} hash. Nodes that have the same one
   * make the same tags, and so does an application after a restart. Default: none, and every start
   * of the application makes one of its own.
   */
  BODY_HASH_KEY("bodyHashKey"),

  /**
   * How many bytes of answers are remembered that were the same twice, so that the next one is
   * compared with them and need not be hashed. Default: 8388608; 0 hashes every answer.
   */
  REMEMBERED_BODIES("rememberedBodies"),

  /**
   * Suffixes, separated by commas or white space, that servers between application and client
   * append to entity tags when they compress, such as {@code --gzip} (Jetty) and {@code -gzip}
   * (Apache httpd). A tag that comes back with one counts as the tag without it. Default: none.
   */
  TAG_SUFFIXES("tagSuffixes"),

  /**
   * Whether a weak entity tag in {@code If-Match} counts as the strong one, because a server on the
   * way (nginx) adds the weak flag when it compresses. Default: false.
   */
  WEAKENED_TAGS("weakenedTags"),

  /**
   * The rules file, as a path inside the web application. Default: {@code
   * /WEB-INF/conflict-guard.json}, which need not be there.
   */
  RULES("rules"),

  /**
   * {@code protect}; {@code observe}, which counts and changes nothing; or {@code off}. A rule may
   * say otherwise for itself. Default: protect.
   */
  MODE("mode"),

  /**
   * {@code standard}: 412 and 428 for preconditions, 409 for what the application or its database
   * found; or {@code uniform}: 409 for all of them. Default: standard.
   */
  STATUS_PROFILE("statusProfile"),

  /**
   * How the classes of the application are woven while they are loaded: {@code agent}, where this
   * JVM has one; {@code container}, by its class loader; {@code attach}, by an agent that is
   * attached from inside; or {@code none}. Default: agent.
   */
  WEAVING("weaving"),

  /** {@code true} stops the start-up if a method that asks for a guard has none. Default: false. */
  STRICT_WEAVING("strictWeaving"),

  /**
   * How many counters all rules with the tag source {@code counter} share, at eight bytes each.
   * Fewer mean more needless refusals. Default: 1048576.
   */
  COUNTERS("counters"),

  /**
   * How many bytes of answers to conditional writes are remembered, so that a client that lost the
   * answer and repeats the write gets it again, marked {@code Idempotent-Replayed: true}, and not
   * 412. Default: 4194304; 0 switches that off.
   */
  REPLAY_LIMIT("replayLimit"),

  /**
   * A secret of at least 16 characters that seals the tokens in forms. Nodes that have the same one
   * take each other's tokens, and so does an application after a restart. Several are separated by
   * commas: the first one seals, and what the others have sealed is still taken. Default: none, and
   * every start of the application makes one of its own.
   */
  FORM_SECRET("formSecret"),

  /**
   * The longest body of a form that is read in front of the application, in bytes. Rules that look
   * for a field do not see it in a longer one. Default: 2097152.
   */
  FORM_LIMIT("formLimit"),

  /**
   * How many parameters a form may have where the container does not tell its own limit. Default:
   * 10000.
   */
  PARAMETER_LIMIT("parameterLimit"),

  /** The status of {@code missing-reference}: 409 or 422. Default: 409. */
  MISSING_REFERENCE_STATUS("missingReferenceStatus"),

  /**
   * The status of {@code locked} and {@code transient}, after which the same request may succeed:
   * 409 or 503. Default: 409.
   */
  RETRYABLE_STATUS("retryableStatus"),

  /**
   * How conflicts of the application are found, separated by commas: {@code thrown} (an exception
   * that leaves it), {@code attribute} (one that it leaves in the request), {@code answer} (a rule
   * that knows its answers), {@code recorder} (the agent). Default: all of them.
   */
  FIND_BY("findBy"),

  /**
   * A page of the application, as a path inside of it, that shows forms that came too late in place
   * of the filter's own page. Default: none.
   */
  CONFLICT_PAGE("conflictPage"),

  /**
   * The application's own shape of error bodies for programs, a JSON object in whose strings {@code
   * {title}}, {@code {detail}} and other members of the problem are replaced. Default: none, which
   * means {@code application/problem+json}.
   */
  PROBLEM_BODY("problemBody");

  private static final String PREFIX = "conflictguard.";
  private static final Set<Setting> SECRETS = EnumSet.of(FORM_SECRET, BODY_HASH_KEY);

  private final String parameter;

  Setting(String parameter) {
    this.parameter = parameter;
  }

  /** The name without any prefix. */
  String parameter() {
    return parameter;
  }

  /** The value with the place it comes from; null when it is set nowhere. */
  @Nullable Value in(FilterConfig config) {
    String own = config.getInitParameter(parameter);
    if (own != null && System.getProperty(PREFIX + parameter) == null) {
      return new Value(this, "init-param " + parameter, own);
    }
    return in(config.getServletContext());
  }

  /** The same where there is no filter yet, and so no init-param. */
  @Nullable Value in(ServletContext context) {
    String property = System.getProperty(PREFIX + parameter);
    if (property != null) {
      return new Value(this, "system property " + PREFIX + parameter, property);
    }
    String value = context.getInitParameter(PREFIX + parameter);
    return value == null ? null : new Value(this, "context-param " + PREFIX + parameter, value);
  }

  /** The names of init-params and context-params that look like ours and are no setting. */
  static List<String> unknownIn(FilterConfig config) {
    List<String> unknown = new ArrayList<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (name.equals(REGISTER.parameter)) {
        unknown.add("init-param " + name + " (rather than context-param " + PREFIX + name + ")");
      } else if (!names().contains(name)) {
        unknown.add("init-param " + name);
      }
    }
    for (String name : Collections.list(config.getServletContext().getInitParameterNames())) {
      if (name.startsWith(PREFIX) && !names().contains(name.substring(PREFIX.length()))) {
        unknown.add("context-param " + name);
      }
    }
    return unknown;
  }

  /** What is set anywhere, in the order of the settings. */
  static List<Value> allIn(FilterConfig config) {
    List<Value> values = new ArrayList<>();
    for (Setting setting : values()) {
      Value value = setting.in(config);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Setting setting : values()) {
      names.add(setting.parameter);
    }
    return names;
  }

  /** A value and where it was found. */
  static final class Value {

    private final Setting setting;
    private final String place;
    final String text;

    Value(Setting setting, String place, String text) {
      this.setting = setting;
      this.place = place;
      this.text = text.trim();
    }

    /** The value for a list of them, which gets into logs: secrets are left out. */
    String brief() {
      return place + " = " + (SECRETS.contains(setting) ? "..." : text);
    }

    /** The beginning of a message about this value. */
    @Override
    public String toString() {
      return place + " has the value '" + text + "'";
    }
  }
}
