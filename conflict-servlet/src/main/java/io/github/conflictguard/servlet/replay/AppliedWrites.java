package io.github.conflictguard.servlet.replay;

import io.github.conflictguard.servlet.exchange.HoldTimer;
import io.github.conflictguard.servlet.exchange.RereadRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest writes that were applied on a precondition, with their answers. A client that has lost
 * the answer and sends the same write again would be told that its precondition does not hold: by
 * its own doing. It gets the answer of the first time instead, as long as nobody else has changed
 * the resource since.
 *
 * <p>The memory is bounded; the oldest are forgotten first. Safe for use by several threads.
 */
public final class AppliedWrites {

  /** Longer bodies and answers are not remembered. */
  static final int LARGEST = 64 * 1024;

  private final long limit;
  private final HoldTimer timer;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long size;

  /**
   * Makes a memory.
   *
   * @param limit how much it holds, in bytes; 0 for nothing
   * @param timer what ends the holding of responses in time
   */
  public AppliedWrites(long limit, HoldTimer timer) {
    this.limit = limit;
    this.timer = timer;
  }

  HoldTimer timer() {
    return timer;
  }

  /**
   * Begins to watch a conditional write. Its body is read now, before the write waits for a lock.
   *
   * @return null when the write cannot be remembered
   */
  public @Nullable WatchedWrite watch(HttpServletRequest request) throws IOException {
    if (limit == 0 || !WriteFingerprint.isOfKnownClient(request)) {
      return null;
    }
    // What was read must be passed on, so nothing may be decided against it any more.
    RereadRequest reread = RereadRequest.small(request, LARGEST);
    return reread == null ? null : new WatchedWrite(this, reread, WriteFingerprint.of(reread));
  }

  /** How much is remembered, in bytes. */
  public synchronized long size() {
    return size;
  }

  synchronized void add(String fingerprint, String state, RecordedAnswer answer) {
    forget(entries.remove(fingerprint));
    Entry added = new Entry(state, answer);
    entries.put(fingerprint, added);
    size += added.size;
    for (Iterator<Entry> eldest = entries.values().iterator(); size > limit; ) {
      forget(eldest.next());
      eldest.remove();
    }
  }

  boolean replay(String fingerprint, String state, HttpServletResponse response)
      throws IOException {
    Entry entry;
    synchronized (this) {
      entry = entries.get(fingerprint);
    }
    if (entry == null || !entry.state.equals(state)) {
      return false;
    }
    entry.answer.sendTo(response);
    return true;
  }

  private void forget(@Nullable Entry entry) {
    if (entry != null) {
      size -= entry.size;
    }
  }

  private static final class Entry {

    final String state;
    final RecordedAnswer answer;
    final int size;

    Entry(String state, RecordedAnswer answer) {
      this.state = state;
      this.answer = answer;
      this.size = 256 + 2 * state.length() + answer.size();
    }
  }
}
