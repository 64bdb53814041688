package io.github.conflictguard.servlet.history;

import io.github.conflictguard.resource.ResourceKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When each resource was last written, for the newest ones alone: the memory is bounded. Safe for
 * use by several threads.
 */
public final class LastWrites {

  private final Map<ShortName, Written> writes;

  public LastWrites(int limit) {
    this.writes =
        new LinkedHashMap<ShortName, Written>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ShortName, Written> eldest) {
            return size() > limit;
          }
        };
  }

  /**
   * Notes a write.
   *
   * @param clock gives it a time that is later than those of all writes that were noted before
   */
  public Noted note(ResourceKey key, LongSupplier clock) {
    ShortName name = ShortName.of(key.toString());
    synchronized (this) {
      Written now = new Written(clock.getAsLong(), Instant.now());
      // Removed first, so that it becomes the newest.
      Written before = writes.remove(name);
      writes.put(name, now);
      return new Noted(now.time, before);
    }
  }

  /** Returns the last write of a resource; null when none is known. */
  public @Nullable Written of(ResourceKey key) {
    ShortName name = ShortName.of(key.toString());
    synchronized (this) {
      return writes.get(name);
    }
  }

  /** A write that has ended. Immutable. */
  public static final class Written {

    public final long time;
    public final Instant instant;

    Written(long time, Instant instant) {
      this.time = time;
      this.instant = instant;
    }
  }

  /** What a write was noted as. Immutable. */
  public static final class Noted {

    public final long time;

    /** The write of the same resource before; null when none is known. */
    public final @Nullable Written before;

    Noted(long time, @Nullable Written before) {
      this.time = time;
      this.before = before;
    }
  }
}
