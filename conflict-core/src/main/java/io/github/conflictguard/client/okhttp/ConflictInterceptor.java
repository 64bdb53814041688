package io.github.conflictguard.client.okhttp;

import io.github.conflictguard.client.ClientRequest;
import io.github.conflictguard.client.ClientResponse;
import io.github.conflictguard.client.ConditionalClient;
import io.github.conflictguard.client.RetryBudget;
import io.github.conflictguard.client.TagMemory;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Map;
import java.util.function.UnaryOperator;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the writes of an OkHttpClient an {@code Idempotency-Key}, keeps OkHttp from repeating them
 * by itself, and repeats them where {@link ConditionalClient#send} does. For code that calls OkHttp
 * itself or through another library; add it by {@code addInterceptor}, not as a network
 * interceptor.
 *
 * <p>A request with a {@link TagMemory} as a tag ({@code tag(TagMemory.class, memory)}) records the
 * entity tag of what it reads, and sends it in {@code If-Match} of what it writes.
 *
 * <p>Reads, bodies of unknown length, duplex and one-shot bodies, and those longer than 16 MiB pass
 * unchanged. Thread-safe.
 */
public final class ConflictInterceptor implements Interceptor {

  private static final int LONGEST_PROBLEM = 256 * 1024;

  private final UnaryOperator<ConditionalClient.Builder> settings;
  private final RetryBudget budget = RetryBudget.of(100, 0.2);

  /** Creates an interceptor with the defaults of {@link ConditionalClient}. */
  public ConflictInterceptor() {
    this(builder -> builder);
  }

  /**
   * Creates an interceptor.
   *
   * @param settings changes the defaults; called for each write. The default budget is one for all
   *     requests of the interceptor.
   */
  public ConflictInterceptor(UnaryOperator<ConditionalClient.Builder> settings) {
    this.settings = settings;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    TagMemory memory = request.tag(TagMemory.class);
    ClientRequest write = write(request);
    if (write == null) {
      Response response = chain.proceed(request);
      if (memory != null) {
        ClientResponse head = head(response, new byte[0]);
        memory.note(request.method(), request.url().toString(), head.status(), head.tag());
      }
      return response;
    }
    Attempts attempts = new Attempts(chain, request);
    ConditionalClient.Builder builder =
        settings.apply(ConditionalClient.builder(attempts::send).budget(budget));
    try {
      (memory == null ? builder : builder.memory(memory)).build().send(write);
    } catch (IOException | RuntimeException e) {
      attempts.close();
      throw e;
    }
    return attempts.last();
  }

  /** Returns the write with its body; null for a request that passes unchanged. */
  private static @Nullable ClientRequest write(Request request) throws IOException {
    RequestBody body = request.body();
    boolean read = request.method().equals("GET") || request.method().equals("HEAD");
    long length = body == null ? 0 : body.contentLength();
    if (read
        || length < 0
        || length > ClientResponse.LONGEST_BODY
        || (body != null && (body.isDuplex() || body.isOneShot()))) {
      return null;
    }
    Buffer content = new Buffer();
    if (body != null) {
      body.writeTo(content);
    }
    ClientRequest write =
        ClientRequest.of(request.method(), request.url().toString(), content.readByteArray());
    for (String name : request.headers().names()) {
      write = write.with(name, String.join(", ", request.headers(name)));
    }
    return body == null || body.contentType() == null
        ? write
        : write.with("Content-Type", String.valueOf(body.contentType()));
  }

  private static ClientResponse head(Response response, byte[] body) {
    return ClientResponse.of(response.code(), response.headers().toMultimap(), body);
  }

  /** The attempts of one write. Not thread-safe. */
  private static final class Attempts {

    private final Chain chain;
    private final Request request;
    private @Nullable Response last;

    Attempts(Chain chain, Request request) {
      this.chain = chain;
      this.request = request;
    }

    ClientResponse send(ClientRequest write) throws IOException {
      close();
      Request.Builder next = request.newBuilder();
      for (Map.Entry<String, String> header : write.headers().entrySet()) {
        String name = header.getKey();
        boolean given = request.header(name) != null || name.equals("Accept");
        // OkHttp itself would take the type from the body.
        if (!given || name.equals("Content-Type")) {
          next.header(name, header.getValue());
        }
      }
      Response response =
          chain.proceed(next.method(write.method(), new OneShotBody(write.body())).build());
      last = response;
      // The caller receives the response with its whole body, which may be long.
      boolean refused = response.code() >= 400;
      return head(response, refused ? start(response) : new byte[0]);
    }

    private static byte[] start(Response response) throws IOException {
      try {
        return response.peekBody(LONGEST_PROBLEM).bytes();
      } catch (ProtocolException e) {
        throw OkHttpTransport.brokenConnection(e);
      }
    }

    Response last() {
      if (last == null) {
        throw new IllegalStateException("nothing was sent");
      }
      return last;
    }

    void close() {
      if (last != null) {
        last.close();
        last = null;
      }
    }
  }
}
