package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.locktemplate.KeyNaming;
import io.github.conflictguard.locktemplate.LockTemplate;
import io.github.conflictguard.resource.Hold;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.resource.WaiterLimit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The locks that guarded methods hold, one for each key. Re-entrant for the thread that has one.
 *
 * <p>Safe for use by several threads.
 */
final class GuardLocks {

  /**
   * The registry of the web application, or of all applications that share this class. Only keys in
   * use are in it. The filter's locks are others: it takes its own first, and never one of these.
   */
  static final GuardLocks OF_APPLICATION = new GuardLocks();

  /** Of the threads that call, which are a server's, so that it keeps some for other work. */
  private static final int MOST_WAITING = 128;

  private final ResourceLocks locks;
  private final ConcurrentHashMap<ResourceKey, Held> held = new ConcurrentHashMap<>();

  GuardLocks() {
    // No holder is ever paused.
    locks = new ResourceLocks(new WaiterLimit(MOST_WAITING), 0, TimeUnit.MILLISECONDS);
    loadWhatLeavingNeeds();
  }

  /**
   * Loads and links what gives a lock back, so that the first time needs no more of the stack than
   * the others.
   */
  private void loadWhatLeavingNeeds() {
    Object entered =
        enter(ResourceKey.of("any"), GuardPolicy.builder().lockTimeoutMillis(0).build());
    WovenGuard.leave(entered);
  }

  /**
   * Takes the lock that a policy asks for.
   *
   * @return what to {@link Held#leave()}; null when the policy asks for none; or the throwable that
   *     has to leave the method in place of running its body. Never throws.
   */
  @Nullable Object enter(GuardPolicy policy, @Nullable Object self, Object[] arguments) {
    LockTemplate template = policy.lock;
    if (template == null || policy.off || CurrentCheck.isOff()) {
      return null;
    }
    try {
      String key = KeyNaming.keyFor(template, self, arguments, policy.handler);
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
      Hold hold = locks.exclusive(key, policy.lockTimeoutMillis, TimeUnit.MILLISECONDS);
      if (hold == null) {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        boolean inTime = waited < policy.lockTimeoutMillis;
        return locked(
            policy, inTime ? "because too many wait" : "after " + policy.lockTimeoutMillis + " ms");
      }
      return remembered(key, hold, current);
    } catch (InterruptedException e) {
      current.interrupt();
      return locked(policy, "before an interrupt");
    }
  }

  /** Gives the lock back where there is no memory to note who has it. */
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

  /** Without the key, which may be personal. */
  private static ConflictException locked(GuardPolicy policy, String when) {
    ConflictException conflict =
        new ConflictException(
            ConflictKind.LOCKED,
            "locked: " + policy.handler + " did not get its lock " + when,
            policy.handler,
            policy.statusProfile);
    // It has waited as long as it may: an outer guard does not add to that.
    conflict.useUpRetries();
    return conflict;
  }

  /** How many keys are locked or waited for. */
  int size() {
    return locks.size();
  }

  /** Gives a lock back when asynchronous work has ended, on any thread. */
  interface Later {
    void leave();
  }

  /**
   * A lock that one thread has taken, once or several times, and perhaps left to asynchronous work.
   */
  final class Held {

    private final ResourceKey key;
    private final Hold hold;

    /** Null when only asynchronous work still has the lock. */
    private volatile @Nullable Thread owner;

    /** Of the owner alone. */
    private int depth = 1;

    /** How much asynchronous work has the lock. Guarded by this. */
    private int works;

    private Held(ResourceKey key, Hold hold, Thread owner) {
      this.key = key;
      this.hold = hold;
      this.owner = owner;
    }

    /** Gives back what was taken once. For the owner. */
    void leave() {
      if (--depth == 0 && isOver()) {
        release();
      }
    }

    /**
     * Leaves to asynchronous work what was taken once. For the owner, who has left it also where
     * this fails.
     *
     * @return passes over every call after the first
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

    private synchronized boolean isOver() {
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
