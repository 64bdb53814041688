package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.locktemplate.KeyNaming;
import io.github.conflictguard.locktemplate.LockTemplate;
import io.github.conflictguard.resource.Hold;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.resource.StackRoom;
import io.github.conflictguard.resource.WaiterLimit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The locks of guarded methods, one for each key. Re-entrant for the owning thread.
 *
 * <p>Thread-safe.
 */
final class GuardLocks {

  /**
   * The registry of the web application, or of all applications that share this class. It contains
   * only keys in use. The locks of the filter are separate: the filter acquires its own first, and
   * never one of these.
   */
  static final GuardLocks OF_APPLICATION = new GuardLocks();

  /** Waiting threads belong to the server, which needs some of them for other work. */
  private static final int MOST_WAITING = 128;

  private final ResourceLocks locks;
  private final ConcurrentHashMap<ResourceKey, Held> held = new ConcurrentHashMap<>();

  GuardLocks() {
    // Holders are never suspended.
    locks = new ResourceLocks(new WaiterLimit(MOST_WAITING), 0, TimeUnit.MILLISECONDS);
    loadWhatLeavingNeeds();
  }

  /**
   * Loads and links the code that releases a lock, so that the first release needs no more stack
   * than later ones.
   */
  private void loadWhatLeavingNeeds() {
    Object entered =
        enter(ResourceKey.of("any"), GuardPolicy.builder().lockTimeoutMillis(0).build());
    WovenGuard.leave(entered);
  }

  /**
   * Acquires the lock of a policy.
   *
   * @return the {@link Held} on which to call {@link Held#leave()}; null if the policy has no lock;
   *     or the throwable that the method should throw without running its body. Never throws.
   */
  @Nullable Object enter(GuardPolicy policy, @Nullable Object self, Object[] arguments) {
    LockTemplate template = policy.values.lock;
    if (template == null || policy.values.off || CurrentCheck.isOff()) {
      return null;
    }
    try {
      String key = KeyNaming.keyFor(template, self, arguments, policy.values.handler);
      if (key == null) {
        return null;
      }
      StackRoom.demand();
      return enter(ResourceKey.of(key), policy);
    } catch (Throwable e) {
      // Running without the lock would be worse.
      return e;
    }
  }

  private Object enter(ResourceKey key, GuardPolicy policy) {
    Thread current = Thread.currentThread();
    Held own = held.get(key);
    if (own != null && own.owner == current) {
      own.depth++;
      return own;
    }
    long start = System.nanoTime();
    try {
      Hold hold = locks.exclusive(key, policy.values.lockTimeoutMillis, TimeUnit.MILLISECONDS);
      if (hold == null) {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        boolean inTime = waited < policy.values.lockTimeoutMillis;
        return locked(
            policy,
            inTime ? "because too many wait" : "after " + policy.values.lockTimeoutMillis + " ms");
      }
      return remembered(key, hold, current);
    } catch (InterruptedException e) {
      current.interrupt();
      return locked(policy, "before an interrupt");
    }
  }

  /** Releases the lock if there is not enough memory to record its owner. */
  private Held remembered(ResourceKey key, Hold hold, Thread owner) {
    boolean done = false;
    try {
      Held taken = new Held(key, hold, owner);
      held.put(key, taken);
      done = true;
      return taken;
    } finally {
      if (!done) {
        held.remove(key);
        hold.close();
      }
    }
  }

  /**
   * Creates the exception for a lock that was not acquired. The message is without the key, which
   * may contain personal data.
   */
  private static ConflictException locked(GuardPolicy policy, String when) {
    ConflictException conflict =
        new ConflictException(
            ConflictKind.LOCKED,
            "locked: " + policy.values.handler + " did not get its lock " + when,
            policy.values.handler,
            policy.values.statusProfile);
    // The maximum wait is over: an outer guard must not extend it.
    conflict.useUpRetries();
    return conflict;
  }

  /** Returns the number of keys that are locked or waited for. */
  int size() {
    return locks.size();
  }

  /** Releases a lock when asynchronous work has ended, on any thread. */
  interface Later {
    void leave();
  }

  /**
   * A lock that one thread has acquired, once or several times, and that may be handed over to
   * asynchronous work.
   */
  final class Held {

    private final ResourceKey key;
    private final Hold hold;

    /** Null if only asynchronous work still holds the lock. */
    private volatile @Nullable Thread owner;

    /** Accessed by the owner only. */
    private int depth = 1;

    /** The number of asynchronous operations that hold the lock. Guarded by this. */
    private int works;

    private Held(ResourceKey key, Hold hold, Thread owner) {
      this.key = key;
      this.hold = hold;
      this.owner = owner;
    }

    /** Releases one acquisition. Called by the owner. */
    void leave() {
      if (--depth == 0 && endOwner()) {
        release();
      }
    }

    /**
     * Hands one acquisition over to asynchronous work. Called by the owner, which has released it
     * even if this fails.
     *
     * @return the handle that releases the lock; it ignores all calls after the first
     */
    Later leaveLater() {
      Later later;
      try {
        AtomicBoolean left = new AtomicBoolean();
        later =
            () -> {
              if (left.compareAndSet(false, true)) {
                ended();
              }
            };
        synchronized (this) {
          works++;
        }
      } finally {
        leave();
      }
      return later;
    }

    /** Ends the work of the owner; returns whether no asynchronous work remains. */
    private synchronized boolean endOwner() {
      owner = null;
      return works == 0;
    }

    private void ended() {
      boolean over;
      synchronized (this) {
        works--;
        over = works == 0 && owner == null;
      }
      if (over) {
        release();
      }
    }

    private void release() {
      held.remove(key, this);
      hold.close();
    }
  }
}
