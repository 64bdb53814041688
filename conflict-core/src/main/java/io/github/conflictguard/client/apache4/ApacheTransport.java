package io.github.conflictguard.client.apache4;

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
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.client.HttpClient;
import org.apache.http.client.NonRepeatableRequestException;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.entity.InputStreamEntity;

/**
 * Sends requests by Apache HttpClient 4.5.
 *
 * <p>Writes, DELETE included, have an entity that cannot be sent twice, so that no retry handler of
 * the client repeats them. Therefore the client does not repeat them after a 401 either:
 * credentials belong into the request.
 *
 * <p>Immutable and thread-safe.
 */
public final class ApacheTransport implements Transport {

  private final HttpClient client;

  /**
   * Creates a transport.
   *
   * @param client thread-safe, as those of {@code HttpClientBuilder}; its timeouts apply
   */
  public ApacheTransport(HttpClient client) {
    this.client = client;
  }

  @Override
  public ClientResponse send(ClientRequest request) throws IOException {
    Sent sent = new Sent(request.method(), request.url());
    request.headers().forEach(sent::setHeader);
    if (!request.isRead()) {
      byte[] body = request.body();
      sent.setEntity(new InputStreamEntity(new ByteArrayInputStream(body), body.length));
    }
    try {
      return client.execute(sent, ApacheTransport::read);
    } catch (ClientProtocolException e) {
      if (e.getCause() instanceof NonRepeatableRequestException) {
        // The client wraps the failure of a connection so where it would repeat the request.
        throw e;
      }
      Throwable reason = e.getCause() == null ? e : e.getCause();
      ProtocolException failure = new ProtocolException(reason.toString());
      failure.initCause(e);
      throw failure;
    }
  }

  private static ClientResponse read(HttpResponse response) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getAllHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
    }
    HttpEntity entity = response.getEntity();
    try (InputStream body = entity == null ? null : entity.getContent()) {
      return ClientResponse.read(response.getStatusLine().getStatusCode(), headers, body);
    }
  }

  /** A request with any method. */
  private static final class Sent extends HttpEntityEnclosingRequestBase {

    private final String method;

    Sent(String method, String url) {
      this.method = method;
      setURI(URI.create(url));
    }

    @Override
    public String getMethod() {
      return method;
    }
  }
}
