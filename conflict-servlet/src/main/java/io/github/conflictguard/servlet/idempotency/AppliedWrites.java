package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.FairMemory;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The newest writes that were applied on a precondition, with their answers. A client that has lost
 * the answer and sends the same write again would be told that its precondition does not hold: by
 * its own doing. It gets the answer of the first time instead, as long as nobody else has changed
 * the resource since, and as long as session, user and credentials are the same.
 *
 * <p>The memory is bounded and shared fairly among clients. Safe for use by several threads.
 */
public final class AppliedWrites {

  /** Longer bodies and answers are not remembered. */
  static final int LARGEST = 64 * 1024;

  private final long limit;
  private final BufferTimer timer;
  private final FairMemory<Entry> entries;

  /**
   * Makes a memory.
   *
   * @param limit how much it holds, in bytes; 0 for nothing
   * @param timer what ends the holding of responses in time
   */
  public AppliedWrites(long limit, BufferTimer timer) {
    this.limit = limit;
    this.timer = timer;
    this.entries = new FairMemory<>(limit);
  }

  BufferTimer timer() {
    return timer;
  }

  /**
   * Begins to watch a conditional write. Its body is read now, before the write waits for a lock.
   *
   * @return null when the write cannot be remembered
   */
  public @Nullable RecordedWrite watch(HttpServletRequest request) throws IOException {
    if (limit == 0 || !WriteFingerprint.isOfKnownClient(request)) {
      return null;
    }
    // What was read must be passed on, so nothing may be decided against it any more.
    BufferedRequest reread = BufferedRequest.small(request, LARGEST);
    return reread == null ? null : new RecordedWrite(this, reread, ClientIdentity.of(request));
  }

  /** How much is remembered, in bytes. */
  public long size() {
    return entries.size();
  }

  void add(ClientIdentity client, String fingerprint, String state, RecordedAnswer answer) {
    Entry added = new Entry(state, answer);
    entries.put(client.share(), fingerprint, added, added.size());
  }

  @Nullable RecordedAnswer recorded(String fingerprint, String state) {
    Entry entry = entries.get(fingerprint);
    return entry == null || !entry.state.equals(state) ? null : entry.answer;
  }

  private static final class Entry {

    final String state;
    final RecordedAnswer answer;

    Entry(String state, RecordedAnswer answer) {
      this.state = state;
      this.answer = answer;
    }

    int size() {
      return 512 + 2 * state.length() + answer.size();
    }
  }
}
