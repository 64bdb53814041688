package io.github.conflictguard.servlet.attribution;

import io.github.conflictguard.resource.SipHash;
import io.github.conflictguard.servlet.client.BoundedMap;

/**
 * When each client was last served each resource. Bounded by bytes and shared fairly among clients.
 * Thread-safe.
 */
public final class ReadTimes {

  private static final long BYTES_OF_ENTRY = 320;

  private final SipHash hash = new SipHash();
  private final BoundedMap<Long, Long> times;

  /**
   * Creates an empty memory.
   *
   * @param bytes the maximum size
   */
  public ReadTimes(long bytes) {
    this.times = new BoundedMap<>(bytes, time -> BYTES_OF_ENTRY);
  }

  /** Records that a client was served a resource. */
  public void served(Actor actor, String key, long time) {
    times.put(actor.id(), nameOf(actor, key), time);
  }

  /** Returns when a client was served a resource; -1 when that is not known. */
  public long of(Actor actor, String key) {
    Long time = times.get(nameOf(actor, key));
    return time == null ? -1 : time;
  }

  /** Records that a state of a resource, identified by its tag, was served to any client. */
  public void servedTag(Actor actor, String key, String tag, long time) {
    times.put(actor.id(), nameOf(key, tag), time);
  }

  /** Returns when a state of a resource was last served to any client; -1 if it is not known. */
  public long ofTag(String key, String tag) {
    Long time = times.get(nameOf(key, tag));
    return time == null ? -1 : time;
  }

  private long nameOf(String key, String tag) {
    return hash.of(key + '\n' + tag);
  }

  private long nameOf(Actor actor, String key) {
    return actor.id() ^ hash.of(key);
  }
}
