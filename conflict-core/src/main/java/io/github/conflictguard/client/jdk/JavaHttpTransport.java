package io.github.conflictguard.client.jdk;

import io.github.conflictguard.client.ClientRequest;
import io.github.conflictguard.client.ClientResponse;
import io.github.conflictguard.client.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests by {@code java.net.http.HttpClient} of Java 11 and later. Called by reflection,
 * because this class runs on Java 8 as well.
 *
 * <p>That client does not repeat writes; leave {@code jdk.httpclient.enableAllMethodRetry} at its
 * default. Immutable and thread-safe.
 */
public final class JavaHttpTransport implements Transport {

  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

  private final Object client;
  private final Duration timeout;
  private final Methods methods;

  private JavaHttpTransport(Object client, Duration timeout, Methods methods) {
    this.client = client;
    this.timeout = timeout;
    this.methods = methods;
  }

  /**
   * Creates a transport whose requests time out after 60 s.
   *
   * @param client a {@code java.net.http.HttpClient}
   * @throws IllegalArgumentException if it is anything else
   */
  public static JavaHttpTransport of(Object client) {
    Methods methods;
    try {
      methods = new Methods();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(wrong(client), e);
    }
    if (!methods.send.getDeclaringClass().isInstance(client)) {
      throw new IllegalArgumentException(wrong(client));
    }
    return new JavaHttpTransport(client, USUAL_TIMEOUT, methods);
  }

  private static String wrong(Object client) {
    return "expected a java.net.http.HttpClient, found " + client.getClass().getName();
  }

  /** Returns a transport with another timeout from the request to the head of its response. */
  public JavaHttpTransport withTimeout(Duration limit) {
    return new JavaHttpTransport(client, limit, methods);
  }

  @Override
  public ClientResponse send(ClientRequest request) throws IOException {
    Object response = call(methods.send, client, requestOf(request), call(methods.ofStream, null));
    try (InputStream body = (InputStream) call(methods.body, response)) {
      return ClientResponse.read(
          (Integer) call(methods.status, response), headersOf(response), body);
    }
  }

  private Object requestOf(ClientRequest request) throws IOException {
    URI uri;
    try {
      uri = new URI(request.url());
    } catch (URISyntaxException e) {
      IOException malformed =
          new MalformedURLException("expected an absolute URL, found " + request.url());
      malformed.initCause(e);
      throw malformed;
    }
    Object builder = call(methods.newBuilder, null, uri);
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      call(methods.setHeader, builder, header.getKey(), header.getValue());
    }
    byte[] content = request.body();
    Object body =
        request.isRead() || (content.length == 0 && request.method().equals("DELETE"))
            ? call(methods.noBody, null)
            : call(methods.ofBytes, null, (Object) content);
    call(methods.method, builder, request.method(), body);
    call(methods.timeout, builder, timeout);
    return call(methods.build, builder);
  }

  @SuppressWarnings("unchecked")
  private Map<String, List<String>> headersOf(Object response) throws IOException {
    return (Map<String, List<String>>) call(methods.map, call(methods.headers, response));
  }

  private static Object call(Method method, @Nullable Object target, Object... arguments)
      throws IOException {
    try {
      return method.invoke(target, arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("Interrupted").initCause(cause);
      } else if (cause instanceof IOException) {
        throw isTimeout(cause) ? timeout((IOException) cause) : (IOException) cause;
      } else if (cause instanceof RuntimeException) {
        throw (RuntimeException) cause;
      } else if (cause instanceof Error) {
        throw (Error) cause;
      }
      throw new IOException(cause);
    }
  }

  /** Returns whether the client has reported a timeout, or one of connecting. */
  private static boolean isTimeout(Throwable thrown) {
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals("java.net.http.HttpTimeoutException")) {
        return true;
      }
    }
    return false;
  }

  /** Returns the exception that the other clients throw. */
  private static IOException timeout(IOException thrown) {
    IOException timeout = new SocketTimeoutException(thrown.getMessage());
    timeout.initCause(thrown);
    return timeout;
  }

  /** The methods of the client, which are the same in all versions from 11 on. */
  private static final class Methods {

    final Method newBuilder;
    final Method setHeader;
    final Method method;
    final Method timeout;
    final Method build;
    final Method noBody;
    final Method ofBytes;
    final Method ofStream;
    final Method send;
    final Method status;
    final Method headers;
    final Method map;
    final Method body;

    Methods() throws ReflectiveOperationException {
      Class<?> request = type("HttpRequest");
      Class<?> builder = type("HttpRequest$Builder");
      Class<?> publisher = type("HttpRequest$BodyPublisher");
      Class<?> publishers = type("HttpRequest$BodyPublishers");
      Class<?> handler = type("HttpResponse$BodyHandler");
      Class<?> response = type("HttpResponse");
      newBuilder = request.getMethod("newBuilder", URI.class);
      setHeader = builder.getMethod("setHeader", String.class, String.class);
      method = builder.getMethod("method", String.class, publisher);
      timeout = builder.getMethod("timeout", Duration.class);
      build = builder.getMethod("build");
      noBody = publishers.getMethod("noBody");
      ofBytes = publishers.getMethod("ofByteArray", byte[].class);
      ofStream = type("HttpResponse$BodyHandlers").getMethod("ofInputStream");
      send = type("HttpClient").getMethod("send", request, handler);
      status = response.getMethod("statusCode");
      headers = response.getMethod("headers");
      map = type("HttpHeaders").getMethod("map");
      body = response.getMethod("body");
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
      return Class.forName("java.net.http." + name);
    }
  }
}
