package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The most recent conditional writes that were applied, with their responses. A client that has
 * lost the response and sends the same write again would be refused, because its own first write
 * has changed the resource. It receives the first response instead, unless another client has
 * changed the resource since, and provided that session, user and credentials are the same.
 *
 * <p>The memory is bounded and shared fairly between clients. Thread-safe.
 */
public final class AppliedWrites {

  /** The maximum size of bodies and responses in bytes; longer ones are not stored. */
  static final int LARGEST = 64 * 1024;

  private final long limit;
  private final BufferTimer timer;
  private final String keyHeader;
  private final BoundedMap<String, Entry> entries;

  /**
   * Creates a memory.
   *
   * @param limit its capacity in bytes; 0 to store nothing
   * @param timer releases buffered responses in time
   * @param keyHeader the header that contains idempotency keys
   */
  public AppliedWrites(long limit, BufferTimer timer, String keyHeader) {
    this.limit = limit;
    this.timer = timer;
    this.keyHeader = keyHeader;
    this.entries = new BoundedMap<>(limit, Entry::size);
  }

  BufferTimer timer() {
    return timer;
  }

  /**
   * Starts recording a conditional write. Its body is read now, before the write waits for a lock.
   *
   * @return null when the write cannot be stored
   */
  public @Nullable RecordedWrite watch(HttpServletRequest request) throws IOException {
    if (limit == 0 || !WriteFingerprint.isOfKnownClient(request, keyHeader)) {
      return null;
    }
    // The buffered request replaces the original, whose body has been consumed.
    BufferedRequest reread = BufferedRequest.small(request, LARGEST);
    return reread == null ? null : new RecordedWrite(this, reread, ClientIdentity.of(request));
  }

  /** Returns the size of all entries in bytes. */
  public long size() {
    return entries.weight();
  }

  String fingerprint(BufferedRequest request, ClientIdentity client) {
    return WriteFingerprint.of(request, client, keyHeader);
  }

  void add(ClientIdentity client, String fingerprint, String state, RecordedAnswer answer) {
    entries.put(client.share(), fingerprint, new Entry(state, answer));
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
