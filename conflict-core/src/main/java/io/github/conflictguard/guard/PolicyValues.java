package io.github.conflictguard.guard;

import io.github.conflictguard.classify.NamedException;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.locktemplate.LockTemplate;
import io.github.conflictguard.problem.StatusProfile;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a policy that is being built, with their defaults and ranges. Not thread-safe. */
final class PolicyValues {

  String handler = "-";
  int attempts = 1;
  long backoffMillis = 50;
  long maxBackoffMillis = 1000;
  double jitter = 0.5;
  long budgetMillis = 5000;
  final Set<ConflictKind> retryOn = EnumSet.noneOf(ConflictKind.class);
  final Set<String> retryOnExceptions = new LinkedHashSet<>();
  boolean translates = true;
  boolean off;
  @Nullable String recover;
  @Nullable LockTemplate lock;
  long lockTimeoutMillis = 10_000;
  final Set<ConflictKind> only = EnumSet.noneOf(ConflictKind.class);
  final Set<ConflictKind> except = EnumSet.noneOf(ConflictKind.class);
  @Nullable StatusProfile statusProfile;

  /** Creates the values of {@link GuardPolicy#plain()}. */
  PolicyValues() {}

  /** Creates a copy. */
  PolicyValues(PolicyValues other) {
    this.handler = other.handler;
    this.attempts = other.attempts;
    this.backoffMillis = other.backoffMillis;
    this.maxBackoffMillis = other.maxBackoffMillis;
    this.jitter = other.jitter;
    this.budgetMillis = other.budgetMillis;
    this.retryOn.addAll(other.retryOn);
    this.retryOnExceptions.addAll(other.retryOnExceptions);
    this.translates = other.translates;
    this.off = other.off;
    this.recover = other.recover;
    this.lock = other.lock;
    this.lockTimeoutMillis = other.lockTimeoutMillis;
    this.only.addAll(other.only);
    this.except.addAll(other.except);
    this.statusProfile = other.statusProfile;
  }

  void handler(String name) {
    check("handler", name, name.indexOf('\n') < 0, "texts without line break");
    this.handler = name;
  }

  void retry(
      int attempts, long backoffMillis, long maxBackoffMillis, double jitter, long budgetMillis) {
    check("attempts", attempts, attempts >= 1 && attempts <= 100, "1 to 100");
    check("backoffMillis", backoffMillis, backoffMillis >= 0, "0 and more");
    check(
        "maxBackoffMillis",
        maxBackoffMillis,
        maxBackoffMillis >= backoffMillis,
        "backoffMillis and more");
    check("jitter", jitter, jitter >= 0 && jitter <= 1, "0 to 1");
    check("budgetMillis", budgetMillis, budgetMillis >= 0, "0 and more");
    if (attempts > 1) {
      CurrentCheck.expectToBeAsked();
    }
    this.attempts = attempts;
    this.backoffMillis = backoffMillis;
    this.maxBackoffMillis = maxBackoffMillis;
    this.jitter = jitter;
    this.budgetMillis = budgetMillis;
  }

  void retryOnExceptions(String... classNames) {
    for (String name : classNames) {
      check("onException", name, NamedException.isName(name), "names of classes");
      retryOnExceptions.add(name);
    }
  }

  void recover(String methodName) {
    check("recover", methodName, isMethodName(methodName), "names of methods");
    this.recover = methodName;
  }

  void lockTimeoutMillis(long millis) {
    check("lockTimeoutMillis", millis, millis >= 0, "0 and more");
    this.lockTimeoutMillis = millis;
  }

  /**
   * Returns whether a name is valid by JVMS 4.2.2 and not "true" or "false", which are values of
   * options.
   */
  private static boolean isMethodName(String name) {
    return name.matches("[^.;\\[/<>\\s]+") && !name.equals("true") && !name.equals("false");
  }

  private static void check(String name, Object value, boolean valid, String accepted) {
    if (!valid) {
      throw new IllegalArgumentException(
          name + " '" + value + "' is out of its range; accepted are " + accepted);
    }
  }
}
