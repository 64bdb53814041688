package io.github.conflictguard.classfile;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.problem.StatusProfile;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options that follow the method in a {@link TargetPattern}. Immutable. */
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
          "recover",
          "enabled",
          "lock",
          "lockTimeoutMillis",
          "only",
          "except",
          "statusProfile");

  /** JVMS 4.3.3. */
  private static final int MOST_PARAMETERS = 255;

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
   * Sets the values of a policy.
   *
   * @param method null if the values are only validated
   */
  void fill(GuardPolicy.Builder policy, @Nullable MethodOutline method) {
    policy.retry(
        (int) number("attempts", 1),
        number("backoffMillis", 50),
        number("maxBackoffMillis", Math.max(1000, number("backoffMillis", 50))),
        Double.parseDouble(values.getOrDefault("jitter", "0.5")),
        number("budgetMillis", 5000));
    policy.retryOn(kinds("on"));
    policy.retryOnExceptions(names("onException"));
    policy.enabled(isTrue("enabled", true));
    policy.translate(isTrue("translate", true));
    fillRecover(policy);
    String lock = values.get("lock");
    if (lock != null && method != null) {
      policy.lock(lock, method.parameterNames(), method.parameterTypes().size());
    }
    policy.lockTimeoutMillis(number("lockTimeoutMillis", 10_000));
    policy.only(kinds("only"));
    policy.except(kinds("except"));
    fillProfile(policy);
  }

  /** Returns a policy with these values, and the original ones for options that are not set. */
  GuardPolicy changed(GuardPolicy policy) {
    GuardPolicy.Builder changed = policy.change();
    changed.retry(
        (int) number("attempts", policy.attempts()),
        number("backoffMillis", policy.backoffMillis()),
        Math.max(
            number("maxBackoffMillis", policy.maxBackoffMillis()),
            number("backoffMillis", policy.backoffMillis())),
        values.containsKey("jitter") ? Double.parseDouble(values.get("jitter")) : policy.jitter(),
        number("budgetMillis", policy.budgetMillis()));
    if (values.containsKey("on") || values.containsKey("onException")) {
      changed.withoutRetryOn().retryOn(kinds("on")).retryOnExceptions(names("onException"));
    }
    if (values.containsKey("only")) {
      changed.withoutOnly().only(kinds("only"));
    }
    if (values.containsKey("except")) {
      changed.withoutExcept().except(kinds("except"));
    }
    if (values.containsKey("lock")) {
      changed.lock(String.valueOf(values.get("lock")), Collections.emptyList(), MOST_PARAMETERS);
    }
    if (values.containsKey("lockTimeoutMillis")) {
      changed.lockTimeoutMillis(number("lockTimeoutMillis", 0));
    }
    fillRecover(changed);
    fillProfile(changed);
    return changed
        .translate(isTrue("translate", policy.translates()))
        .enabled(isTrue("enabled", true))
        .build();
  }

  private String[] names(String name) {
    String list = values.get(name);
    return list == null ? new String[0] : list.split(",", -1);
  }

  private void fillProfile(GuardPolicy.Builder policy) {
    String profile = values.get("statusProfile");
    if (profile != null) {
      policy.statusProfile(
          oneOf("statusProfile", profile, StatusProfile.values(), StatusProfile::code));
    }
  }

  private void fillRecover(GuardPolicy.Builder policy) {
    String recover = values.getOrDefault("recover", "");
    if (recover.equals("false")) {
      policy.withoutRecover();
    } else if (values.containsKey("recover")) {
      policy.recover(recover);
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
          name + " '" + value + "' is not a number; accepted are whole numbers", e);
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
