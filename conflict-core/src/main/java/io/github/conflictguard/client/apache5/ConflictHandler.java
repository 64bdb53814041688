package io.github.conflictguard.client.apache5;

import io.github.conflictguard.client.ClientRequest;
import io.github.conflictguard.client.ClientResponse;
import io.github.conflictguard.client.ConditionalClient;
import io.github.conflictguard.client.RetryBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.BufferedHttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Gives the writes of an HttpClient 5 an {@code Idempotency-Key}, keeps the client from repeating
 * them by itself, and repeats them where {@link ConditionalClient#send} does. For code that calls
 * the client itself or through another library. The retry strategy of the client remains for reads.
 *
 * <p>Add it between redirects and retries, by {@code
 * addExecInterceptorAfter(ChainElement.REDIRECT.name(), "conflict-guard", new ConflictHandler())};
 * where redirects are disabled, by {@code addExecInterceptorFirst}, because the client ignores a
 * place behind an element that it does not have. First in a client with redirects, it would keep
 * the client from following those of writes. A write that follows a 307 or 308 has the key of the
 * first one.
 *
 * <p>Reads, entities that cannot be sent twice or have an unknown length, and those longer than 16
 * MiB pass unchanged. Thread-safe.
 */
public final class ConflictHandler implements ExecChainHandler {

  private static final int LONGEST_PROBLEM = 256 * 1024;
  private static final String KEY = ConflictHandler.class.getName() + ".key";

  private final UnaryOperator<ConditionalClient.Builder> settings;
  private final RetryBudget budget = RetryBudget.of(100, 0.2);

  /** Creates a handler with the defaults of {@link ConditionalClient}. */
  public ConflictHandler() {
    this(builder -> builder);
  }

  /**
   * Creates a handler.
   *
   * @param settings changes the defaults; called for each write. The default budget is one for all
   *     requests of the handler.
   */
  public ConflictHandler(UnaryOperator<ConditionalClient.Builder> settings) {
    this.settings = settings;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClientRequest write = write(request);
    if (write == null) {
      return chain.proceed(request, scope);
    }
    Attempts attempts = new Attempts(request, scope, chain);
    try {
      settings
          .apply(ConditionalClient.builder(attempts::send).budget(budget))
          .build()
          .send(attempts.withKey(write));
      return attempts.last();
    } catch (WrappedException e) {
      attempts.close();
      throw e.wrapped;
    } catch (IOException | RuntimeException e) {
      attempts.close();
      throw e;
    }
  }

  /** Returns the write with its body; null for a request that passes unchanged. */
  private static @Nullable ClientRequest write(ClassicHttpRequest request) throws IOException {
    HttpEntity entity = request.getEntity();
    boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    long length = entity == null ? 0 : entity.getContentLength();
    if (read
        || length < 0
        || length > ClientResponse.LONGEST_BODY
        || (entity != null && !entity.isRepeatable())) {
      return null;
    }
    byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
    ClientRequest write =
        ClientRequest.of(
            request.getMethod(), addressOf(request), body == null ? new byte[0] : body);
    for (Header header : request.getHeaders()) {
      write = write.with(header.getName(), header.getValue() == null ? "" : header.getValue());
    }
    return write;
  }

  private static String addressOf(ClassicHttpRequest request) {
    try {
      return request.getUri().toString();
    } catch (URISyntaxException e) {
      return request.getRequestUri();
    }
  }

  /** The attempts of one write. Not thread-safe. */
  private static final class Attempts {

    private final ClassicHttpRequest request;
    private final ExecChain.Scope scope;
    private final ExecChain chain;
    private @Nullable ClassicHttpResponse last;

    Attempts(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
      this.request = request;
      this.scope = scope;
      this.chain = chain;
    }

    /** Returns a write with the key that it had before a redirect; unchanged if it had none. */
    ClientRequest withKey(ClientRequest write) {
      Object found = scope.clientContext.getAttribute(KEY);
      if (!(found instanceof Key) || !((Key) found).exchange.equals(scope.exchangeId)) {
        return write;
      }
      Key key = (Key) found;
      return write.with(key.header, key.value);
    }

    ClientResponse send(ClientRequest write) throws IOException {
      close();
      ClassicHttpRequest next = ClassicRequestBuilder.copy(request).build();
      for (Map.Entry<String, String> header : write.headers().entrySet()) {
        String name = header.getKey();
        if (!request.containsHeader(name) && !name.equals("Accept")) {
          next.setHeader(name, header.getValue());
          if (!name.equals("If-Match")) {
            // The only other header that the client of the kit adds to a write.
            Key key = new Key(scope.exchangeId, name, header.getValue());
            scope.clientContext.setAttribute(KEY, key);
          }
        }
      }
      byte[] body = write.body();
      HttpEntity entity = request.getEntity();
      String type = entity == null ? null : entity.getContentType();
      if (type != null && !request.containsHeader("Content-Type")) {
        next.setHeader("Content-Type", type);
      }
      String encoding = entity == null ? null : entity.getContentEncoding();
      next.setEntity(
          new InputStreamEntity(new ByteArrayInputStream(body), body.length, null, encoding));
      ClassicHttpResponse response;
      try {
        response = chain.proceed(next, scope);
      } catch (HttpException e) {
        throw new WrappedException(e);
      }
      last = response;
      return head(response);
    }

    private static ClientResponse head(ClassicHttpResponse response) throws IOException {
      HttpEntity entity = response.getEntity();
      boolean refused = response.getCode() >= 400 && entity != null;
      long length = refused ? entity.getContentLength() : -1;
      if (!refused || length < 0 || length > LONGEST_PROBLEM) {
        // The caller receives the response with its whole body, which may be long.
        return ClientResponse.of(
            response.getCode(), ApacheTransport.headersOf(response), new byte[0]);
      }
      HttpEntity buffered = new BufferedHttpEntity(entity);
      response.setEntity(buffered);
      return ClientResponse.read(
          response.getCode(), ApacheTransport.headersOf(response), buffered.getContent());
    }

    ClassicHttpResponse last() {
      if (last == null) {
        throw new IllegalStateException("nothing was sent");
      }
      return last;
    }

    void close() throws IOException {
      if (last != null) {
        last.close();
        last = null;
      }
    }
  }

  /** The key of one exchange, which consists of the requests of all redirects. */
  private static final class Key {

    final String exchange;
    final String header;
    final String value;

    Key(String exchange, String header, String value) {
      this.exchange = exchange;
      this.header = header;
      this.value = value;
    }
  }

  /** Carries an exception through the client of the kit, which does not repeat the request. */
  private static final class WrappedException extends ProtocolException {

    private static final long serialVersionUID = 1L;

    final transient HttpException wrapped;

    WrappedException(HttpException wrapped) {
      super(String.valueOf(wrapped.getMessage()));
      initCause(wrapped);
      this.wrapped = wrapped;
    }
  }
}
