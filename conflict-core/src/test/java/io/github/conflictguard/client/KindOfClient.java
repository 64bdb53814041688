package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.conflictguard.client.jdk.HttpUrlConnectionTransport;
import io.github.conflictguard.client.jdk.JavaHttpTransport;
import io.github.conflictguard.client.okhttp.OkHttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.StringEntity;
import org.apache.http.util.EntityUtils;

/**
 * The usual HTTP clients, each on its own with its defaults, and as a transport, built as that
 * requires.
 */
enum KindOfClient {
  HTTP_URL_CONNECTION {
    @Override
    void open(Use use) throws Exception {
      use.with(
          new HttpUrlConnectionTransport(),
          (method, url, body) -> {
            HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
            connection.setRequestMethod(method);
            if (body != null) {
              connection.setDoOutput(true);
              connection.getOutputStream().write(body.getBytes(ISO_8859_1));
            }
            InputStream content =
                connection.getResponseCode() < 400
                    ? connection.getInputStream()
                    : connection.getErrorStream();
            if (content != null) {
              content.readAllBytes();
            }
          });
    }
  },
  JAVA_NET_HTTP {
    @Override
    void open(Use use) throws Exception {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      use.with(
          JavaHttpTransport.of(client),
          (method, url, body) -> {
            HttpRequest.BodyPublisher content =
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body);
            client.send(
                HttpRequest.newBuilder(URI.create(url)).method(method, content).build(),
                BodyHandlers.ofString());
          });
    }
  },
  OK_HTTP {
    @Override
    void open(Use use) throws Exception {
      OkHttpClient client = new OkHttpClient();
      use.with(
          new OkHttpTransport(client),
          (method, url, body) -> {
            RequestBody content = body == null ? null : RequestBody.create(body, null);
            client
                .newCall(new Request.Builder().url(url).method(method, content).build())
                .execute()
                .close();
          });
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  },
  APACHE_4 {
    @Override
    void open(Use use) throws Exception {
      try (var client = org.apache.http.impl.client.HttpClients.createDefault()) {
        use.with(
            new io.github.conflictguard.client.apache4.ApacheTransport(client),
            (method, url, body) -> {
              RequestBuilder request = RequestBuilder.create(method).setUri(url);
              if (body != null) {
                request.setEntity(new StringEntity(body));
              }
              try (var response = client.execute(request.build())) {
                EntityUtils.consume(response.getEntity());
              }
            });
      }
    }
  },
  APACHE_5 {
    @Override
    void open(Use use) throws Exception {
      try (var client = org.apache.hc.client5.http.impl.classic.HttpClients.createDefault();
          var once = HttpClientBuilder.create().disableAutomaticRetries().build()) {
        use.with(
            new io.github.conflictguard.client.apache5.ApacheTransport(once),
            (method, url, body) -> {
              ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(url);
              if (body != null) {
                request.setEntity(body);
              }
              client.execute(
                  request.build(),
                  response -> {
                    org.apache.hc.core5.http.io.entity.EntityUtils.consume(response.getEntity());
                    return null;
                  });
            });
      }
    }
  };

  /** Opens a client, which is closed afterwards. */
  abstract void open(Use use) throws Exception;

  /** What is done with the client. */
  @FunctionalInterface
  interface Use {
    void with(Transport transport, Plain plain) throws Exception;
  }

  /** Sends a request without the kit. */
  @FunctionalInterface
  interface Plain {

    /** Sends a request; the body is null for none. */
    void send(String method, String url, String body) throws IOException, InterruptedException;
  }
}
