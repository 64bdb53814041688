package io.github.conflictguard.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Changes the policies of guarded methods at run time. The woven code itself is not changed: a
 * method that was woven without retry is not repeated, and one that was woven without a lock
 * acquires none; the log lists methods for which an override requests one of these. Thread-safe.
 */
public final class GuardOverrides {

  private static final Logger LOG = Logger.getLogger(GuardOverrides.class.getName());

  /** Weak keys: class loaders of the applications. */
  private static final Map<ClassLoader, UnaryOperator<GuardPolicy>> ALL = new WeakHashMap<>();

  /** All overrides combined; null for none. */
  private static volatile @Nullable UnaryOperator<GuardPolicy> current;

  private GuardOverrides() {}

  /**
   * Sets the overrides of an application, replacing earlier ones.
   *
   * @param override returns another policy, or its argument; null for no overrides
   */
  public static synchronized void set(
      ClassLoader application, @Nullable UnaryOperator<GuardPolicy> override) {
    if (override == null) {
      ALL.remove(application);
    } else {
      ALL.put(application, override);
    }
    // Values only: a map would keep the class loaders reachable.
    List<UnaryOperator<GuardPolicy>> all = new ArrayList<>(ALL.values());
    current =
        all.isEmpty()
            ? null
            : policy -> {
              GuardPolicy changed = policy;
              for (UnaryOperator<GuardPolicy> each : all) {
                changed = each.apply(changed);
              }
              return changed;
            };
    PolicyCodec.forget();
  }

  /** Returns the effective policy for work that is called with this one. */
  static GuardPolicy of(GuardPolicy policy) {
    UnaryOperator<GuardPolicy> override = current;
    return override == null ? policy : override.apply(policy);
  }

  /** Returns the effective policy for a method that was woven with this one. */
  static GuardPolicy ofWoven(GuardPolicy woven) {
    GuardPolicy policy = of(woven);
    boolean lockIsMissing = policy.values.lock != null && woven.values.lock == null;
    boolean retryIsMissing =
        policy.values.attempts > 1 && woven.values.attempts == 1 && woven.values.lock == null;
    if (lockIsMissing || retryIsMissing) {
      LOG.log(
          Level.WARNING,
          "{0} was woven without {1}, and an override cannot add it: annotate the method, or name"
              + " it by a target, and weave it",
          new Object[] {woven.values.handler, lockIsMissing ? "a lock" : "a retry"});
    }
    if (policy.values.recover != null && !policy.values.recover.equals(woven.values.recover)) {
      LOG.log(
          Level.WARNING,
          "{0} was woven {1}, and an override cannot name {2}; accepted is recover=false",
          new Object[] {
            woven.values.handler,
            woven.values.recover == null
                ? "without a recover method"
                : "with the recover method " + woven.values.recover,
            policy.values.recover
          });
      return woven.values.recover == null
          ? policy.change().withoutRecover().build()
          : policy.change().recover(woven.values.recover).build();
    }
    return policy;
  }
}
