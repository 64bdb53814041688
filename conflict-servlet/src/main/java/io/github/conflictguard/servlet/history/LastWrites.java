package io.github.conflictguard.servlet.history;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.client.BoundedMap;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The last write of each resource. Bounded: only the most recent writes are kept. Thread-safe. */
public final class LastWrites {

  private final BoundedMap<ShortName, Written> writes;

  public LastWrites(int limit) {
    this.writes = new BoundedMap<>(limit, write -> 1);
  }

  /**
   * Records a write.
   *
   * @param clock returns a time that is later than those of all writes recorded before
   */
  public Noted note(ResourceKey key, LongSupplier clock) {
    ShortName name = ShortName.of(key.toString());
    synchronized (this) {
      Written now = new Written(clock.getAsLong(), Instant.now());
      return new Noted(now.time, writes.put(name, now));
    }
  }

  /** Returns the last write of a resource; null when none is known. */
  public @Nullable Written of(ResourceKey key) {
    return writes.get(ShortName.of(key.toString()));
  }

  /** A finished write. Immutable. */
  public static final class Written {

    /** The time of the write on the clock given to {@link LastWrites#note}. */
    public final long time;

    /** The time at which the write was recorded. */
    public final Instant instant;

    Written(long time, Instant instant) {
      this.time = time;
      this.instant = instant;
    }
  }

  /** A recorded write and its predecessor. Immutable. */
  public static final class Noted {

    /** The time of the recorded write on the clock given to {@link LastWrites#note}. */
    public final long time;

    /** The previous write of the same resource; null when none is known. */
    public final @Nullable Written before;

    Noted(long time, @Nullable Written before) {
      this.time = time;
      this.before = before;
    }
  }
}
