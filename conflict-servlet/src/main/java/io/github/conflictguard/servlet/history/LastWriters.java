package io.github.conflictguard.servlet.history;

import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.ObservedClient;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last writer of each record, so that a conflict is only attributed to another user where there
 * is one. Bounded: only the most recent writes are kept. Thread-safe.
 */
public final class LastWriters {

  private static final int MOST = 16 * 1024;

  private final LongSupplier clock;
  private final BoundedMap<ShortName, Writers> writers = new BoundedMap<>(MOST, writer -> 1);

  /**
   * Creates an empty memory.
   *
   * @param clock returns a later time at each call
   */
  public LastWriters(LongSupplier clock) {
    this.clock = clock;
  }

  /** Records that the client of a request has written a record. */
  public void note(HttpServletRequest request, ResourceKey key) {
    ShortName writer = nameOf(request);
    ShortName name = ShortName.of(key.toString());
    synchronized (this) {
      Writers before = writers.get(name);
      writers.put(name, new Writers(writer, clock.getAsLong(), before));
    }
  }

  /**
   * Returns who has written a record since a time.
   *
   * @return null when no write is known
   */
  public @Nullable StaleCause since(long time, HttpServletRequest request, ResourceKey key) {
    ShortName reader = nameOf(request);
    Writers known = writers.get(ShortName.of(key.toString()));
    if (known == null || known.time <= time) {
      return null;
    }
    if (reader == null) {
      return StaleCause.CHANGED;
    }
    boolean byOthers = !reader.equals(known.writer) || known.timeOfOthers > time;
    boolean anonymous = known.writer == null && known.timeOfOthers <= time;
    return byOthers ? (anonymous ? StaleCause.CHANGED : StaleCause.OTHERS) : StaleCause.YOU;
  }

  /**
   * Returns the name of the user in any session, or else of the session; null for clients without
   * either.
   */
  private static @Nullable ShortName nameOf(HttpServletRequest request) {
    String user = ClientIdentity.principalOf(request);
    if (user != null) {
      return ShortName.of("user", user);
    }
    ObservedClient client = ObservedClient.afterwards(request);
    return client.isKnown() ? ShortName.of("client", client.name()) : null;
  }

  /** The last writer, and the time of the last write by any other one. Immutable. */
  private static final class Writers {

    /** Null for a client that cannot be distinguished from others. */
    final @Nullable ShortName writer;

    final long time;
    final long timeOfOthers;

    Writers(@Nullable ShortName writer, long time, @Nullable Writers before) {
      this.writer = writer;
      this.time = time;
      boolean same = before != null && writer != null && writer.equals(before.writer);
      this.timeOfOthers =
          before == null ? Long.MIN_VALUE : same ? before.timeOfOthers : before.time;
    }
  }
}
