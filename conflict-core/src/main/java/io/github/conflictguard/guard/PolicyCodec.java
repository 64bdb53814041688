package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.locktemplate.LockTemplate;
import io.github.conflictguard.problem.StatusProfile;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The text form of a policy, as stored in the constants of woven code: one line for each field that
 * differs from its default.
 */
final class PolicyCodec {

  /** More than the guarded methods of an application; further texts are parsed each time. */
  static final int CACHED = 4096;

  private static final Map<String, GuardPolicy> READ = new ConcurrentHashMap<>();

  /** The number of changes of the overrides. */
  private static final AtomicInteger GENERATION = new AtomicInteger();

  private PolicyCodec() {}

  /**
   * Returns the policy for a constant of woven code. Not meant for texts created at run time,
   * because results are cached.
   *
   * @throws IllegalArgumentException if the text is invalid
   */
  static GuardPolicy policyOf(String constant) {
    GuardPolicy policy = READ.get(constant);
    if (policy == null) {
      int begun = GENERATION.get();
      policy = GuardOverrides.ofWoven(read(constant));
      if (READ.size() < CACHED && begun == GENERATION.get()) {
        READ.put(constant, policy);
      }
    }
    return policy;
  }

  /** Clears the cache after a change of the overrides. */
  static void forget() {
    GENERATION.incrementAndGet();
    READ.clear();
  }

  /**
   * Parses the result of {@link #write}; fields unknown to this version, written by a newer weaver,
   * are ignored.
   *
   * @throws IllegalArgumentException if a value is invalid
   */
  static GuardPolicy read(String text) {
    GuardPolicy.Builder builder = GuardPolicy.builder();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        set(builder, line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return builder.build();
  }

  static String write(PolicyValues values) {
    StringBuilder text = new StringBuilder("handler=").append(values.handler);
    if (values.attempts > 1) {
      text.append("\nretry=").append(values.attempts);
      text.append(',').append(values.backoffMillis).append(',').append(values.maxBackoffMillis);
      text.append(',').append(values.jitter).append(',').append(values.budgetMillis);
    }
    if (values.lock != null) {
      text.append("\nlock=").append(onOneLine(values.lock.toString()));
      text.append("\nlockTimeoutMillis=").append(values.lockTimeoutMillis);
    }
    append(text, "\non=", values.retryOn);
    if (!values.retryOnExceptions.isEmpty()) {
      text.append("\nonException=").append(String.join(",", values.retryOnExceptions));
    }
    append(text, "\nonly=", values.only);
    append(text, "\nexcept=", values.except);
    if (values.recover != null) {
      text.append("\nrecover=").append(values.recover);
    }
    if (values.off) {
      text.append("\nenabled=false");
    }
    if (!values.translates) {
      text.append("\ntranslate=false");
    }
    if (values.statusProfile != null) {
      text.append("\nstatusProfile=").append(values.statusProfile.name());
    }
    return text.toString();
  }

  private static void set(GuardPolicy.Builder builder, String name, String value) {
    switch (name) {
      case "handler":
        builder.handler(value);
        break;
      case "retry":
        String[] parts = value.split(",", -1);
        builder.retry(
            Integer.parseInt(parts[0]),
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2]),
            Double.parseDouble(parts[3]),
            Long.parseLong(parts[4]));
        break;
      case "lock":
        builder.lock(LockTemplate.parse(fromOneLine(value)));
        break;
      case "lockTimeoutMillis":
        builder.lockTimeoutMillis(Long.parseLong(value));
        break;
      case "on":
        builder.retryOn(kinds(value));
        break;
      case "onException":
        builder.retryOnExceptions(value.split(",", -1));
        break;
      case "recover":
        builder.recover(value);
        break;
      case "enabled":
        builder.enabled(Boolean.parseBoolean(value));
        break;
      case "translate":
        builder.translate(Boolean.parseBoolean(value));
        break;
      case "only":
        builder.only(kinds(value));
        break;
      case "except":
        builder.except(kinds(value));
        break;
      case "statusProfile":
        builder.statusProfile(StatusProfile.valueOf(value));
        break;
      default:
        break;
    }
  }

  private static void append(StringBuilder text, String name, Set<ConflictKind> kinds) {
    if (!kinds.isEmpty()) {
      text.append(name);
      text.append(kinds.stream().map(ConflictKind::name).collect(Collectors.joining(",")));
    }
  }

  private static ConflictKind[] kinds(String names) {
    return Arrays.stream(names.split(",", -1))
        .map(ConflictKind::valueOf)
        .toArray(ConflictKind[]::new);
  }

  private static String onOneLine(String text) {
    return text.replace("%", "%25").replace("\n", "%0A");
  }

  private static String fromOneLine(String text) {
    return text.replace("%0A", "\n").replace("%25", "%");
  }
}
