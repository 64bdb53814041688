package io.github.conflictguard.client.okhttp;

import io.github.conflictguard.client.ClientRequest;
import io.github.conflictguard.client.ClientResponse;
import io.github.conflictguard.client.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests by OkHttp.
 *
 * <p>Without it, OkHttp sends a write a second time when a connection breaks before the response
 * ({@code retryOnConnectionFailure}), whether or not the server has executed the first one. Bodies
 * are sent as one-shot bodies here, which OkHttp does not repeat, whatever the client is configured
 * to. Therefore an {@code Authenticator} does not repeat a write after a 401 either: credentials
 * belong into the request.
 *
 * <p>Immutable and thread-safe.
 */
public final class OkHttpTransport implements Transport {

  private final Call.Factory client;

  /**
   * Creates a transport.
   *
   * @param client usually an {@code OkHttpClient}, whose timeouts and interceptors apply
   */
  public OkHttpTransport(Call.Factory client) {
    this.client = client;
  }

  @Override
  public ClientResponse send(ClientRequest request) throws IOException {
    Request.Builder call = new Request.Builder().url(request.url());
    request.headers().forEach(call::header);
    call.method(request.method(), request.isRead() ? null : new OneShotBody(request.body()));
    try (Response response = client.newCall(call.build()).execute();
        ResponseBody body = response.body();
        InputStream content = body == null ? null : body.byteStream()) {
      return read(response, content);
    }
  }

  private static ClientResponse read(Response response, @Nullable InputStream content)
      throws IOException {
    try {
      return ClientResponse.read(response.code(), response.headers().toMultimap(), content);
    } catch (ProtocolException e) {
      throw brokenConnection(e);
    }
  }

  /** Returns what the other clients throw for the end of a connection within a body. */
  static IOException brokenConnection(ProtocolException inBody) {
    return new IOException("The connection broke within the response", inBody);
  }
}
