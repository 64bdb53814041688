package io.github.conflictguard.classfile;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.problem.StatusProfile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What follows the method in a {@link TargetPattern}. Immutable. */
final class PatternOptions {

  private static final List<String> NAMES =
      Arrays.asList(
          "attempts",
          "backoffMillis",
          "maxBackoffMillis",
          "jitter",
          "budgetMillis",
          "on",
          "onException",
          "translate",
          "lock",
          "lockTimeoutMillis",
          "only",
          "except",
          "statusProfile");

  private final Map<String, String> values;

  private PatternOptions(Map<String, String> values) {
    this.values = values;
  }

  static PatternOptions parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String option : text.trim().split("\\s+", -1)) {
      int equals = option.indexOf('=');
      String name = option.substring(0, Math.max(equals, 0));
      if (!option.isEmpty() && !NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "the option '" + option + "' is unknown; accepted are " + NAMES);
      }
      values.put(name, option.substring(equals + 1));
    }
    return new PatternOptions(values);
  }

  /**
   * Fills in a policy.
   *
   * @param method null when the values are only to be checked
   */
  void fill(GuardPolicy.Builder policy, @Nullable MethodOutline method) {
    policy.retry(
        (int) number("attempts", 1),
        number("backoffMillis", 50),
        number("maxBackoffMillis", Math.max(1000, number("backoffMillis", 50))),
        Double.parseDouble(values.getOrDefault("jitter", "0.5")),
        number("budgetMillis", 5000));
    policy.retryOn(kinds("on"));
    String exceptions = values.get("onException");
    if (exceptions != null) {
      policy.retryOnExceptions(exceptions.split(",", -1));
    }
    policy.translate(isTrue("translate", true));
    String lock = values.get("lock");
    if (lock != null && method != null) {
      policy.lock(lock, method.parameterNames(), method.parameterTypes().size());
    }
    policy.lockTimeoutMillis(number("lockTimeoutMillis", 10_000));
    policy.only(kinds("only"));
    policy.except(kinds("except"));
    String profile = values.get("statusProfile");
    if (profile != null) {
      policy.statusProfile(
          oneOf("statusProfile", profile, StatusProfile.values(), StatusProfile::code));
    }
  }

  private boolean isTrue(String name, boolean otherwise) {
    String value = values.get(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(
          name + " '" + value + "' is unknown; accepted are true and false");
    }
    return value == null ? otherwise : value.equals("true");
  }

  private long number(String name, long otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " '" + value + "' is no number; accepted are whole numbers", e);
    }
  }

  private ConflictKind[] kinds(String name) {
    String list = values.get(name);
    if (list == null) {
      return new ConflictKind[0];
    }
    return Arrays.stream(list.split(",", -1))
        .map(code -> oneOf(name, code, ConflictKind.values(), ConflictKind::code))
        .toArray(ConflictKind[]::new);
  }

  private static <T> T oneOf(String name, String value, T[] constants, Function<T, String> code) {
    for (T constant : constants) {
      if (code.apply(constant).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        name
            + " '"
            + value
            + "' is unknown; accepted are "
            + Arrays.toString(Arrays.stream(constants).map(code).toArray()));
  }
}
