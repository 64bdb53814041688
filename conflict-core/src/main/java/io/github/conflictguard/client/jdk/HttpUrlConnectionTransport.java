package io.github.conflictguard.client.jdk;

import io.github.conflictguard.client.ClientRequest;
import io.github.conflictguard.client.ClientResponse;
import io.github.conflictguard.client.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests by {@link HttpURLConnection}.
 *
 * <p>Without it, the JDK sends a write a second time when a kept connection breaks before the
 * response, whether or not the server has executed the first one. Writes are sent in streaming mode
 * here, which the JDK does not repeat. Therefore it does not repeat them after a 401 or a redirect
 * either: both are returned, and credentials belong into the request ({@code Authorization}).
 *
 * <p>Immutable and thread-safe.
 */
public final class HttpUrlConnectionTransport implements Transport {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  private final Consumer<HttpURLConnection> configuration;
  private final @Nullable String overrideHeader;

  /** Creates a transport with a connect timeout of 10 s and a read timeout of 60 s. */
  public HttpUrlConnectionTransport() {
    this(connection -> {});
  }

  /**
   * Creates a transport.
   *
   * @param configuration sets timeouts, factories of sockets and the like before a connection is
   *     opened
   */
  public HttpUrlConnectionTransport(Consumer<HttpURLConnection> configuration) {
    this(configuration, null);
  }

  private HttpUrlConnectionTransport(
      Consumer<HttpURLConnection> configuration, @Nullable String overrideHeader) {
    this.configuration = configuration;
    this.overrideHeader = overrideHeader;
  }

  /**
   * Returns a transport that sends PATCH, which {@code HttpURLConnection} does not support, as a
   * POST with a header that names the method. Only for servers that support it.
   *
   * @param header the name of the header, usually {@code X-HTTP-Method-Override}
   */
  public HttpUrlConnectionTransport withMethodOverride(String header) {
    return new HttpUrlConnectionTransport(configuration, header);
  }

  @Override
  public ClientResponse send(ClientRequest request) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(request.url()).openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    configuration.accept(connection);
    setMethod(connection, request.method());
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      connection.setRequestProperty(header.getKey(), header.getValue());
    }
    if (!request.isRead()) {
      write(connection, request.body());
    }
    return response(connection);
  }

  private void setMethod(HttpURLConnection connection, String method) throws ProtocolException {
    if (!method.equals("PATCH")) {
      connection.setRequestMethod(method);
    } else if (overrideHeader != null) {
      connection.setRequestMethod("POST");
      connection.setRequestProperty(overrideHeader, method);
    } else {
      throw new ProtocolException(
          "HttpURLConnection does not support PATCH; expected another method, or a transport with"
              + " withMethodOverride(\"X-HTTP-Method-Override\")");
    }
  }

  private static void write(HttpURLConnection connection, byte[] body) throws IOException {
    connection.setInstanceFollowRedirects(false);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
  }

  private static ClientResponse response(HttpURLConnection connection) throws IOException {
    int status;
    try {
      status = connection.getResponseCode();
    } catch (HttpRetryException e) {
      // A 401 for which an Authenticator has credentials, but the body cannot be sent again.
      return ClientResponse.of(e.responseCode(), connection.getHeaderFields(), new byte[0]);
    }
    if (status < 0) {
      throw new ProtocolException("The response is not HTTP");
    }
    try (InputStream body =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      ClientResponse response = ClientResponse.read(status, connection.getHeaderFields(), body);
      if (body != null) {
        requireWhole(connection, response);
      }
      return response;
    }
  }

  /** Throws where the connection broke within the body, which the JDK takes for its end. */
  private static void requireWhole(HttpURLConnection connection, ClientResponse response)
      throws IOException {
    // RFC 9112, 6.3: these have no body, and chunks have lengths of their own.
    boolean bodyOfThatLength =
        !connection.getRequestMethod().equals("HEAD")
            && response.status() != 204
            && response.status() != 304
            && response.header("Transfer-Encoding") == null;
    long expected = connection.getContentLengthLong();
    if (bodyOfThatLength && expected > response.body().length) {
      throw new IOException(
          "The connection broke after "
              + response.body().length
              + " of "
              + expected
              + " bytes of the response");
    }
  }
}
