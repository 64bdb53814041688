package io.github.conflictguard.client;

import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes resources without lost updates and doubled effects, by any HTTP client.
 *
 * <ol>
 *   <li>Each write carries an {@code Idempotency-Key} of its own, which is the same in all
 *       repetitions. So a server that honours keys executes it once.
 *   <li>A request is repeated where the response states that it was not executed ({@link
 *       ConflictAdvice#isRepeatable}), a read also after a broken connection, 408, 425, 429 and
 *       503. A write is repeated there only with {@link Builder#keysHonoured()}.
 *   <li>A stale write is never repeated. {@link #update} reads again and applies the change to the
 *       fresh state instead.
 * </ol>
 *
 * <p>Pauses, limits and budget: {@link RetryPolicy}, {@link RetryBudget}. Immutable and
 * thread-safe, if the transport is; a {@link TagMemory} belongs to one user.
 */
public final class ConditionalClient {

  /**
   * By default, HttpURLConnection prefers HTML, and would get problems as pages for people. Other
   * media types are accepted, so that the representation is that of the resource.
   */
  private static final String ACCEPT = "application/json, */*;q=0.8";

  private final RepeatingSender sender;
  private final RetryPolicy policy;
  private final String keyHeader;
  private final @Nullable TagMemory memory;

  private ConditionalClient(Builder builder) {
    this.policy = builder.policy;
    this.keyHeader = builder.keyHeader;
    this.memory = builder.memory;
    this.sender =
        new RepeatingSender(
            builder.transport, policy, builder.budget, builder.keysHonoured, builder.timing);
  }

  /** Returns a client with all defaults. */
  public static ConditionalClient of(Transport transport) {
    return builder(transport).build();
  }

  /** Returns a builder. */
  public static Builder builder(Transport transport) {
    return new Builder(transport);
  }

  /**
   * Reads a resource, past caches that have not validated it: a stored representation would bring
   * its stale tag with it.
   *
   * @param url the absolute URL
   * @return the response, whatever its status
   * @throws IOException if there is no response after all attempts
   */
  public ClientResponse read(String url) throws IOException {
    return send(ClientRequest.get(url));
  }

  /**
   * Sends a request with an {@code Accept} that prefers JSON and accepts everything, unless it has
   * one, with an {@code Idempotency-Key}, unless it has one or is a read, and with the {@code
   * If-Match} of the memory, if there is one and the request is a PUT, PATCH or DELETE without a
   * precondition.
   *
   * @return the last response, whatever its status; see {@link ClientResponse#advice()}
   * @throws IOException if there is no response. Unless keys are honoured, it is not known whether
   *     the server has executed a write.
   */
  public ClientResponse send(ClientRequest request) throws IOException {
    return send(request, null);
  }

  /**
   * Replaces a resource by PUT if it is still in the state that was read. Not repeated if it is
   * not: the caller, or its user, has to decide about the changes in between.
   *
   * @param base the response to the read on which the new representation is based
   * @param body the new representation, in the media type of the base
   * @return the last response; 412 if the resource has changed
   * @throws IllegalArgumentException if the base has no entity tag
   * @throws IOException as {@link #send}
   */
  public ClientResponse replace(String url, ClientResponse base, byte[] body) throws IOException {
    String tag = base.tag();
    if (tag == null) {
      throw new IllegalArgumentException(
          "The response to the read of " + url + " has no ETag: " + base);
    }
    return send(replacement(url, base, tag, body));
  }

  /**
   * Changes a resource: reads it, applies the change, and sends the result by PUT with the tag of
   * what was read. Where the server refuses that because the resource has changed, reads it again
   * and applies the change to the fresh state, at most {@link RetryPolicy#withUpdates 3 times} in
   * {@link RetryPolicy#withUpdateTime 10 seconds}.
   *
   * @param url the absolute URL
   * @param change computes the new representation; may be applied several times
   * @return the response to the write: successful, or {@link ConflictAdvice#isAlreadyApplied()}; or
   *     that to the read if the change returned null
   * @throws UpdateRefusedException if the resource cannot be read or has no entity tag, or the
   *     write was refused for another reason, or too often
   * @throws IOException if there is no response to the write, so that it is not known whether the
   *     server has executed it; the change is not applied again then
   */
  public ClientResponse update(String url, StateChange change) throws IOException {
    long end = sender.endOf(policy.updateTime());
    ClientResponse current = readForUpdate(url, end, null);
    for (int attempt = 1; ; attempt++) {
      byte[] body = change.apply(current);
      if (body == null) {
        return current;
      }
      String tag = String.valueOf(current.tag());
      ClientResponse response = send(replacement(url, current, tag, body), end);
      if (response.isSuccessful() || response.advice().isAlreadyApplied()) {
        return response;
      }
      boolean stale = response.advice().retry() == RetryAdvice.REFRESH;
      if (!stale
          || attempt >= policy.updates()
          || !sender.pause(attempt, response.advice().after(), end)) {
        throw refused(url, attempt, tag, response, current);
      }
      current = readForUpdate(url, end, response);
    }
  }

  private ClientResponse readForUpdate(String url, long end, @Nullable ClientResponse refusal)
      throws IOException {
    ClientResponse read = send(ClientRequest.get(url), end);
    boolean tagged = read.tag() != null;
    if (!read.isSuccessful() || !tagged) {
      String why = read.isSuccessful() ? "has no valid ETag" : "failed";
      throw new UpdateRefusedException(
          "The read of " + url + " " + why + ": " + read, refusal == null ? read : refusal, null);
    }
    return read;
  }

  private UpdateRefusedException refused(
      String url, int attempts, String tag, ClientResponse refusal, ClientResponse known) {
    // RFC 9110, 13.1.1: If-Match compares strongly.
    String hint = tag.startsWith("W/") ? "; the tag is weak, so If-Match may never hold" : "";
    return new UpdateRefusedException(
        "The update of " + url + " was refused in attempt " + attempts + ": " + refusal + hint,
        refusal,
        latest(url, known));
  }

  /** Reads the state for the caller, once, or returns the state that is known. */
  private ClientResponse latest(String url, ClientResponse known) {
    try {
      ClientResponse latest = sender.sendOnce(completed(ClientRequest.get(url)));
      return latest.isSuccessful() ? latest : known;
    } catch (IOException e) {
      return known;
    }
  }

  private static ClientRequest replacement(
      String url, ClientResponse base, String tag, byte[] body) {
    ClientRequest put = ClientRequest.of("PUT", url, body).with("If-Match", tag);
    String type = base.header("Content-Type");
    return type == null ? put : put.with("Content-Type", type);
  }

  private ClientResponse send(ClientRequest request, @Nullable Long end) throws IOException {
    ClientResponse response = sender.send(completed(request), end);
    if (memory != null) {
      memory.note(request.method(), request.url(), response.status(), response.tag());
    }
    return response;
  }

  /** Adds what all requests of this client have. */
  private ClientRequest completed(ClientRequest request) {
    ClientRequest accepting = request.withDefault("Accept", ACCEPT);
    if (request.isRead()) {
      // RFC 9111, 5.2.1.4.
      return accepting.withDefault("Cache-Control", "no-cache");
    }
    ClientRequest keyed = accepting.withDefault(keyHeader, UUID.randomUUID().toString());
    String tag = memory == null || request.isConditional() ? null : memory.tagOf(request.url());
    return tag == null || request.method().equals("POST") ? keyed : keyed.with("If-Match", tag);
  }

  /** Builds a {@link ConditionalClient}. Not thread-safe. */
  public static final class Builder {

    private final Transport transport;
    private RetryPolicy policy = RetryPolicy.usual();
    private RetryBudget budget = RetryBudget.of(100, 0.2);
    private String keyHeader = "Idempotency-Key";
    private boolean keysHonoured;
    private @Nullable TagMemory memory;
    private Timing timing = Timing.SYSTEM;

    private Builder(Transport transport) {
      this.transport = transport;
    }

    /** Sets how often and how long the client tries. Default: {@link RetryPolicy#usual()}. */
    public Builder policy(RetryPolicy retryPolicy) {
      this.policy = retryPolicy;
      return this;
    }

    /**
     * Sets the budget for repetitions, which several clients may share. Default: one of its own, of
     * 100 repetitions and 0.2 for each request.
     */
    public Builder budget(RetryBudget retryBudget) {
      this.budget = retryBudget;
      return this;
    }

    /**
     * Declares that the server executes requests with the same {@code Idempotency-Key} once and
     * repeats its response, as the filter does where a rule accepts keys. Writes are then repeated
     * after a broken connection as well. Default: it does not, and the exception leaves {@link
     * ConditionalClient#send} and {@link ConditionalClient#update}.
     */
    public Builder keysHonoured() {
      this.keysHonoured = true;
      return this;
    }

    /** Sets the name of the header for keys. Default: {@code Idempotency-Key}. */
    public Builder keyHeader(String name) {
      this.keyHeader = name;
      return this;
    }

    /**
     * Sets a memory of tags, whose tags become the {@code If-Match} of writes without a
     * precondition. Default: none; {@link ConditionalClient#replace} and {@link
     * ConditionalClient#update} need none.
     */
    public Builder memory(TagMemory tagMemory) {
      this.memory = tagMemory;
      return this;
    }

    Builder timing(Timing source) {
      this.timing = source;
      return this;
    }

    /** Builds the client. */
    public ConditionalClient build() {
      return new ConditionalClient(this);
    }
  }
}
