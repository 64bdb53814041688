package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.client.apache5.ConflictHandler;
import io.github.conflictguard.client.jdk.HttpUrlConnectionTransport;
import io.github.conflictguard.client.jdk.JavaHttpTransport;
import io.github.conflictguard.client.okhttp.OkHttpTransport;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of the documentation, which are run. */
class KitExamplesTest {

  private final CuttingServer server;
  private final String url;

  KitExamplesTest() throws Exception {
    server = new CuttingServer(true);
    url = server.url();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void httpUrlConnection() throws Exception {
    // tag::url-connection[]
    Transport transport = new HttpUrlConnectionTransport();
    ConditionalClient client = ConditionalClient.of(transport);
    client.update(url, current -> increased(current.text()));
    // end::url-connection[]
    assertEquals(1, server.number());
  }

  @Test
  void javaNetHttp() throws Exception {
    // tag::java-http[]
    Transport transport = JavaHttpTransport.of(HttpClient.newHttpClient());
    ConditionalClient client = ConditionalClient.of(transport);
    client.update(url, current -> increased(current.text()));
    // end::java-http[]
    assertEquals(1, server.number());
  }

  @Test
  void okHttp() throws Exception {
    // tag::ok-http[]
    Transport transport = new OkHttpTransport(new OkHttpClient());
    ConditionalClient client = ConditionalClient.of(transport);
    client.update(url, current -> increased(current.text()));
    // end::ok-http[]
    assertEquals(1, server.number());
  }

  @Test
  void apache4() throws Exception {
    try (var httpClient = org.apache.http.impl.client.HttpClients.createDefault()) {
      // tag::apache-4[]
      Transport transport = new io.github.conflictguard.client.apache4.ApacheTransport(httpClient);
      ConditionalClient client = ConditionalClient.of(transport);
      client.update(url, current -> increased(current.text()));
      // end::apache-4[]
    }
    assertEquals(1, server.number());
  }

  @Test
  void apache5() throws Exception {
    // tag::apache-5[]
    try (CloseableHttpClient httpClient =
        HttpClientBuilder.create().disableAutomaticRetries().build()) {
      Transport transport = new io.github.conflictguard.client.apache5.ApacheTransport(httpClient);
      ConditionalClient client = ConditionalClient.of(transport);
      client.update(url, current -> increased(current.text()));
    }
    // end::apache-5[]
    assertEquals(1, server.number());
  }

  @Test
  void apache5Handler() throws Exception {
    // tag::apache-5-handler[]
    try (CloseableHttpClient httpClient =
        HttpClientBuilder.create()
            .addExecInterceptorAfter(
                ChainElement.REDIRECT.name(), "conflict-guard", new ConflictHandler())
            .build()) {
      ClassicHttpRequest write = ClassicRequestBuilder.post(url).setEntity("1").build();
      httpClient.execute(write, response -> null);
    }
    // end::apache-5-handler[]
    assertEquals(1, server.number());
    assertNotNull(server.writes().get(0).headers().get("Idempotency-Key"));
  }

  @Test
  void refusedUpdate() {
    Transport transport =
        request ->
            request.isRead()
                ? ClientResponse.of(200, Map.of("ETag", List.of("\"1\"")), "0".getBytes(UTF_8))
                : ClientResponse.of(409, Map.of(), new byte[0]);
    List<Object> shown = new ArrayList<>();
    assertThrows(
        UpdateRefusedException.class,
        () -> {
          // tag::update[]
          ConditionalClient client = ConditionalClient.builder(transport).keysHonoured().build();
          try {
            client.update(url, current -> increased(current.text()));
          } catch (UpdateRefusedException e) {
            shown.add(e.advice().kind()); // "duplicate-key", or null from another server
            shown.add(e.advice().changes()); // what was changed in between, and by whom
            shown.add(e.current()); // the state as it is now
            throw e;
          }
          // end::update[]
        });
    assertEquals(3, shown.size());
  }

  @Test
  void adviceForAnyClient() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Retry-After", "2");
    int status = 503;
    byte[] body = new byte[0];
    // tag::advice[]
    ConflictAdvice advice = ConflictAdvice.of(status, headers::get, body);
    String message =
        switch (advice.retry()) {
          case NEVER -> "correct the request: " + advice.kind();
          case REFRESH -> "read again, apply the change, send " + advice.currentTag();
          case SAME -> "send the same request after a random pause";
          case WAIT -> "send the same request after " + advice.after();
          case NEW_KEY -> "send with an Idempotency-Key of its own";
        };
    // end::advice[]
    assertEquals("send the same request after PT2S", message);
  }

  private static byte[] increased(String number) {
    return Integer.toString(Integer.parseInt(number) + 1).getBytes(UTF_8);
  }
}
