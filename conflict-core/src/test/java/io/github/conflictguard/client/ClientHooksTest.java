package io.github.conflictguard.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.client.CuttingServer.Fate;
import io.github.conflictguard.client.apache5.ConflictHandler;
import io.github.conflictguard.client.okhttp.ConflictInterceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code that calls OkHttp and HttpClient 5 itself, with the kit inside of the client. */
class ClientHooksTest {

  private static final UnaryOperator<ConditionalClient.Builder> SHORT_PAUSES =
      builder ->
          builder.policy(
              RetryPolicy.usual().withPauses(Duration.ofMillis(1), Duration.ofMillis(20)));

  private CuttingServer server;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** One client for all requests of a test. */
  private interface Sender extends AutoCloseable {

    /** Returns status and body; the body of the request is null for none. */
    String send(String method, String url, String body) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The clients that have a place for it. */
  enum Hooked {
    OK_HTTP {
      @Override
      Sender open(UnaryOperator<ConditionalClient.Builder> settings) {
        OkHttpClient client =
            new OkHttpClient.Builder().addInterceptor(new ConflictInterceptor(settings)).build();
        return new Sender() {
          @Override
          public String send(String method, String url, String body) throws IOException {
            RequestBody content =
                body == null ? null : RequestBody.create(body, MediaType.get("text/plain"));
            Request request = new Request.Builder().url(url).method(method, content).build();
            try (Response response = client.newCall(request).execute()) {
              return response.code() + " " + response.body().string();
            }
          }

          @Override
          public void close() {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
          }
        };
      }
    },
    APACHE_5 {
      @Override
      Sender open(UnaryOperator<ConditionalClient.Builder> settings) {
        var client =
            HttpClients.custom()
                .addExecInterceptorAfter(
                    ChainElement.REDIRECT.name(), "conflict-guard", new ConflictHandler(settings))
                .build();
        return new Sender() {
          @Override
          public String send(String method, String url, String body) throws IOException {
            ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(url);
            if (body != null) {
              request.setEntity(body, ContentType.TEXT_PLAIN);
            }
            return client.execute(
                request.build(),
                response ->
                    response.getCode()
                        + " "
                        + (response.getEntity() == null
                            ? ""
                            : EntityUtils.toString(response.getEntity())));
          }

          @Override
          public void close() throws IOException {
            client.close();
          }
        };
      }
    };

    abstract Sender open(UnaryOperator<ConditionalClient.Builder> settings);
  }

  @ParameterizedTest
  @EnumSource
  void writeOfUnknownOutcomeIsNotRepeated(Hooked hooked) throws Exception {
    server = new CuttingServer(false);
    for (String method : new String[] {"POST", "PUT", "DELETE"}) {
      int before = server.executed();
      try (Sender sender = hooked.open(SHORT_PAUSES)) {
        assertEquals("200 " + server.number(), sender.send("GET", server.url(), null));
        server.next(Fate.CUT_AFTER_EXECUTION);
        String body = method.equals("DELETE") ? null : "1";
        assertThrows(IOException.class, () -> sender.send(method, server.url(), body), method);
      }
      assertEquals(1, server.executed() - before, method);
    }
  }

  @ParameterizedTest
  @EnumSource
  void honouredKeyMakesARepetitionSafe(Hooked hooked) throws Exception {
    server = new CuttingServer(true);
    try (Sender sender = hooked.open(builder -> SHORT_PAUSES.apply(builder).keysHonoured())) {
      server.next(Fate.CUT_AFTER_EXECUTION);
      assertEquals("200 ", sender.send("POST", server.url(), "1"));
    }
    assertEquals(2, server.writes().size());
    assertEquals(1, server.executed());
    assertEquals("1", server.writes().get(1).body());
    assertEquals(contentType(0), contentType(1));
    assertEquals(true, contentType(1).startsWith("text/plain"), contentType(1));
    assertNull(server.writes().get(0).headers().get("If-Match"));
  }

  private String contentType(int write) {
    return server.writes().get(write).headers().get("Content-Type");
  }

  @ParameterizedTest
  @EnumSource
  void lockedRecordIsWrittenInTheNextAttempt(Hooked hooked) throws Exception {
    server = new CuttingServer(false);
    server.nextAnswer(
        409,
        "Retry-After: 0\r\nContent-Type: application/problem+json\r\n",
        "{\"kind\":\"locked\",\"retry\":{\"advice\":\"same-request\"}}");
    try (Sender sender = hooked.open(SHORT_PAUSES)) {
      assertEquals("200 ", sender.send("POST", server.url(), "1"));
    }
    assertEquals(2, server.writes().size());
    String key = server.writes().get(0).headers().get("Idempotency-Key");
    assertNotNull(key);
    assertEquals(key, server.writes().get(1).headers().get("Idempotency-Key"));
  }

  @ParameterizedTest
  @EnumSource
  void refusalReachesTheCallerWithItsBody(Hooked hooked) throws Exception {
    server = new CuttingServer(false);
    String problem = "{\"kind\":\"duplicate-key\",\"retry\":{\"advice\":\"never\"}}";
    server.nextAnswer(409, "Content-Type: application/problem+json\r\n", problem);
    server.nextAnswer(503, "Retry-After: 0\r\n", "busy");
    try (Sender sender = hooked.open(SHORT_PAUSES)) {
      assertEquals("409 " + problem, sender.send("POST", server.url(), "1"));
      assertEquals("503 busy", sender.send("POST", server.url(), "1"));
    }
    assertEquals(2, server.writes().size());
  }

  @Test
  void tagOfOkHttpsRequestCarriesTheEntityTag() throws Exception {
    server = new CuttingServer(false);
    TagMemory memory = new TagMemory();
    OkHttpClient client =
        new OkHttpClient.Builder().addInterceptor(new ConflictInterceptor()).build();
    Request read = new Request.Builder().url(server.url()).tag(TagMemory.class, memory).build();
    client.newCall(read).execute().close();
    RequestBody body = RequestBody.create("5", MediaType.get("text/plain"));
    client.newCall(read.newBuilder().put(body).build()).execute().close();
    client.newCall(read.newBuilder().put(body).build()).execute().close();
    assertEquals("\"1\"", server.writes().get(0).headers().get("If-Match"));
    assertEquals("\"2\"", server.writes().get(1).headers().get("If-Match"));
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
