package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were sent with an idempotency key, and their responses. A repetition of the
 * same client gets the response to the first request, and nothing is executed twice.
 *
 * <p>That a request was executed is stored longer than its response. Both memories are bounded and
 * shared fairly between clients. Thread-safe.
 */
public final class KeyedRequests {

  /** The scope of a refusal under every rule; those of single rules contain a space. */
  private static final String EVERYWHERE = "401";

  /** The size of an executed request without its response, in bytes. */
  static final int SIZE_OF_RECORD = 512;

  private final WaiterLimit waiters;
  private final LongSupplier nanos;
  private final Map<String, KeyedExecution> running = new HashMap<>();
  private final BoundedMap<String, KeyedRecord> done;
  private final BoundedMap<String, RecordedAnswer> answers;

  /** When the application has refused clients, as {@link System#nanoTime()}. */
  private final BoundedMap<String, Long> refusals = new BoundedMap<>(16_384, time -> 1);

  /**
   * Creates a memory.
   *
   * @param limit its capacity for requests in bytes, and the same for responses
   * @param waiters limits the threads that wait for the first of several requests
   * @param nanos the time, as {@link System#nanoTime()}
   */
  public KeyedRequests(long limit, WaiterLimit waiters, LongSupplier nanos) {
    this.waiters = waiters;
    this.nanos = nanos;
    this.done = new BoundedMap<>(limit, KeyedRecord::size);
    this.answers = new BoundedMap<>(limit, RecordedAnswer::size);
  }

  /**
   * Enters a request. A repetition waits until the first one has ended.
   *
   * @param client that sends it
   * @param rule the name of the rule that applies
   * @param name identifies the request among those of the client under this rule
   * @param lifetimeSeconds how long the request is stored when it was executed
   */
  public synchronized KeyedRequest enter(
      ClientIdentity client,
      String rule,
      String name,
      RequestFingerprint sent,
      long lifetimeSeconds,
      long patienceMillis)
      throws InterruptedException {
    String id = id(client, rule + ' ' + name);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    for (KeyedExecution first = running.get(id); first != null; first = running.get(id)) {
      KeyedExecution awaited = first;
      if (awaited.sent.isContradictedBy(sent)) {
        return KeyedRequest.REUSED;
      }
      if (patienceMillis == 0
          || !awaited.waiting.until(() -> running.get(id) != awaited, this, waiters, end)) {
        return KeyedRequest.IN_PROGRESS;
      }
    }
    KeyedRecord before = done.get(id);
    if (before != null && before.expires - nanos.getAsLong() > 0) {
      return isRefusedSince(before.stored, client, rule)
          ? KeyedRequest.repeated(before.withoutProblem(), null)
          : KeyedRequest.repeated(before, answers.get(id));
    }
    forget(id);
    KeyedExecution begun =
        new KeyedExecution(this, client, rule + ' ' + name, sent, lifetimeSeconds);
    running.put(id, begun);
    return KeyedRequest.first(begun);
  }

  /**
   * Records that the application has refused a client: it may no longer be the one that was
   * entitled to earlier responses, because its login or its token has ended. They are not sent to
   * it any more.
   *
   * @param rule the name of the rule under which it has no access; null if it has none at all
   */
  public synchronized void refused(ClientIdentity client, @Nullable String rule) {
    if (!isEmpty()) {
      String scope = rule == null ? EVERYWHERE : scopeOf(rule);
      refusals.put(client.share(), id(client, scope), nanos.getAsLong());
    }
  }

  /** Returns whether no executed request is stored, so that refusals have no effect. */
  public boolean isEmpty() {
    return done.weight() == 0;
  }

  private static String scopeOf(String rule) {
    return "403 " + rule;
  }

  private boolean isRefusedSince(long stored, ClientIdentity client, String rule) {
    for (String scope : new String[] {EVERYWHERE, scopeOf(rule)}) {
      Long refused = refusals.get(id(client, scope));
      if (refused != null && refused - stored >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the size of all entries in bytes. */
  public long size() {
    return done.weight() + answers.weight();
  }

  /**
   * Records that a request was executed.
   *
   * @param after the client when the application has finished
   * @param answer null when it is not available
   * @param problem the conflict with which the filter has responded; null for none
   */
  synchronized void done(
      KeyedExecution execution,
      ClientIdentity after,
      RequestFingerprint fingerprint,
      @Nullable RecordedAnswer answer,
      @Nullable ProblemDetail problem) {
    end(execution);
    long now = nanos.getAsLong();
    long expires = now + TimeUnit.SECONDS.toNanos(execution.lifetimeSeconds);
    KeyedRecord record = new KeyedRecord(fingerprint, now, expires, problem);
    List<ClientIdentity> entitled = ClientIdentity.entitled(execution.client, after);
    if (!entitled.contains(execution.client)) {
      // A repetition from before a login or logout: neither executed nor shown the response.
      store(execution.client, execution.name, record.withoutProblem(), null);
    }
    for (ClientIdentity client : entitled) {
      store(client, execution.name, record, answer);
    }
  }

  /** Discards a request, so that the next one with its key is executed. */
  synchronized void failed(KeyedExecution execution) {
    end(execution);
  }

  private void end(KeyedExecution execution) {
    running.remove(id(execution.client, execution.name), execution);
    notifyAll();
  }

  private void store(
      ClientIdentity client, String name, KeyedRecord record, @Nullable RecordedAnswer answer) {
    String id = id(client, name);
    forget(id);
    done.put(client.share(), id, record);
    if (answer != null) {
      answers.put(client.share(), id, answer);
    }
  }

  private void forget(String id) {
    done.remove(id);
    answers.remove(id);
  }

  private static String id(ClientIdentity client, String name) {
    byte[] id = Sha256.of(client.owner() + ' ' + name);
    return Base64.getEncoder().withoutPadding().encodeToString(id);
  }
}
