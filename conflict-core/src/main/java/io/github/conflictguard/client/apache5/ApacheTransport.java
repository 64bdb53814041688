package io.github.conflictguard.client.apache5;

import io.github.conflictguard.client.ClientRequest;
import io.github.conflictguard.client.ClientResponse;
import io.github.conflictguard.client.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * Sends requests by the classic (blocking) Apache HttpClient 5.
 *
 * <p>Build the client with {@code disableAutomaticRetries()}: by its own strategy it repeats each
 * read once, and sleeps before that for as long as {@code Retry-After} requires, whatever the
 * limits of {@link io.github.conflictguard.client.RetryPolicy} are.
 *
 * <p>Without this class, the client sends a PUT or DELETE a second time when a connection breaks
 * before the response, and every request after a 429 or 503. Writes have an entity that cannot be
 * sent twice here, so that no retry strategy of the client repeats them. Therefore the client does
 * not repeat them after a 401 either: credentials belong into the request.
 *
 * <p>Immutable and thread-safe.
 */
public final class ApacheTransport implements Transport {

  private final HttpClient client;

  /**
   * Creates a transport.
   *
   * @param client thread-safe, as those of {@code HttpClientBuilder}, without automatic retries;
   *     its timeouts apply
   */
  public ApacheTransport(HttpClient client) {
    this.client = client;
  }

  @Override
  public ClientResponse send(ClientRequest request) throws IOException {
    BasicClassicHttpRequest sent =
        new BasicClassicHttpRequest(request.method(), URI.create(request.url()));
    request.headers().forEach(sent::setHeader);
    if (!request.isRead()) {
      byte[] body = request.body();
      sent.setEntity(new InputStreamEntity(new ByteArrayInputStream(body), body.length, null));
    }
    try {
      return client.execute(sent, ApacheTransport::read);
    } catch (ClientProtocolException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      ProtocolException failure = new ProtocolException(reason.toString());
      failure.initCause(e);
      throw failure;
    }
  }

  private static ClientResponse read(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    try (InputStream body = entity == null ? null : entity.getContent()) {
      return ClientResponse.read(response.getCode(), headersOf(response), body);
    }
  }

  /** Returns the field lines of a response by their names. */
  static Map<String, List<String>> headersOf(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
    }
    return headers;
  }
}
