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
 * Changes the policies of guarded methods while the application runs. What weaving has put around a
 * method stays: one that was woven without retry does not run again, and one that was woven without
 * a lock takes none; the log names those of which that was asked. Safe for use by several threads.
 */
public final class GuardOverrides {

  private static final Logger LOG = Logger.getLogger(GuardOverrides.class.getName());

  /** By the loaders of the applications, which this does not keep alive. */
  private static final Map<ClassLoader, UnaryOperator<GuardPolicy>> ALL = new WeakHashMap<>();

  /** All of them, in one; null for none. */
  private static volatile @Nullable UnaryOperator<GuardPolicy> current;

  private GuardOverrides() {}

  /**
   * Sets the overrides of an application, in place of those that it had.
   *
   * @param override returns another policy, or the one that it is given; null for no overrides
   */
  public static synchronized void set(
      ClassLoader application, @Nullable UnaryOperator<GuardPolicy> override) {
    if (override == null) {
      ALL.remove(application);
    } else {
      ALL.put(application, override);
    }
    // Without the loaders: a map of them would keep them alive.
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

  /** Returns the policy that counts for work that is called under this one. */
  static GuardPolicy of(GuardPolicy policy) {
    UnaryOperator<GuardPolicy> override = current;
    return override == null ? policy : override.apply(policy);
  }

  /** Returns the policy that counts for a method that was woven with this one. */
  static GuardPolicy ofWoven(GuardPolicy woven) {
    GuardPolicy policy = of(woven);
    boolean lockIsMissing = policy.lock != null && woven.lock == null;
    boolean retryIsMissing = policy.attempts > 1 && woven.attempts == 1 && woven.lock == null;
    if (lockIsMissing || retryIsMissing) {
      LOG.log(
          Level.WARNING,
          "{0} was woven without {1}, and an override cannot add it: annotate the method, or name"
              + " it by a target, and weave it",
          new Object[] {woven.handler, lockIsMissing ? "a lock" : "a retry"});
    }
    if (policy.recover != null && !policy.recover.equals(woven.recover)) {
      LOG.log(
          Level.WARNING,
          "{0} was woven {1}, and an override cannot name {2}; accepted is recover=false",
          new Object[] {
            woven.handler,
            woven.recover == null
                ? "without a recover method"
                : "with the recover method " + woven.recover,
            policy.recover
          });
      return woven.recover == null
          ? policy.change().withoutRecover().build()
          : policy.change().recover(woven.recover).build();
    }
    return policy;
  }
}
