package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.conflictguard.client.apache5.ConflictHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the server from an HttpClient 5 with the handler, and what the caller gets. */
class ConflictHandlerTest {

  private final CuttingServer server = new CuttingServer(false);
  private final CloseableHttpClient client =
      HttpClients.custom()
          .addExecInterceptorAfter(
              ChainElement.REDIRECT.name(), "conflict-guard", new ConflictHandler())
          .build();

  ConflictHandlerTest() throws IOException {}

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void entityKeepsItsEncodingAndItsType() throws Exception {
    byte[] body = "1".getBytes(UTF_8);
    send("POST", new ByteArrayEntity(body, ContentType.APPLICATION_JSON, "gzip"));
    assertEquals("gzip", header(0, "Content-Encoding"));
    assertEquals(ContentType.APPLICATION_JSON.toString(), header(0, "Content-Type"));
    assertEquals("1", server.writes().get(0).body());
  }

  /** As without the handler: HttpClient prefers the header of the request. */
  @Test
  void headerOfTheRequestPrecedesTheTypeOfTheEntity() throws Exception {
    ClassicHttpRequest request =
        ClassicRequestBuilder.post(server.url())
            .setHeader("Content-Type", "application/merge-patch+json")
            .setEntity(new StringEntity("1", ContentType.TEXT_PLAIN))
            .build();
    send(request, HttpClientContext.create());
    assertEquals("application/merge-patch+json", header(0, "Content-Type"));
    assertNotNull(header(0, "Idempotency-Key"));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 303})
  void redirectAfterAPostIsFollowedByAGet(int status) throws Exception {
    server.nextAnswer(status, "Location: " + server.url() + "\r\n", "");
    assertEquals("200 0", send("POST", new StringEntity("1")));
    assertEquals(1, server.writes().size());
  }

  @ParameterizedTest
  @CsvSource({"POST, 307", "POST, 308", "PUT, 307", "DELETE, 307"})
  void writeAfterARedirectHasTheKeyOfTheFirstOne(String method, int status) throws Exception {
    server.nextAnswer(status, "Location: " + server.url() + "\r\n", "");
    HttpEntity entity = method.equals("DELETE") ? null : new StringEntity("1");
    assertEquals("200 ", send(method, entity));
    assertEquals(2, server.writes().size());
    assertEquals(1, server.executed());
    assertNotNull(header(0, "Idempotency-Key"));
    assertEquals(header(0, "Idempotency-Key"), header(1, "Idempotency-Key"));
    assertEquals(server.writes().get(0).body(), server.writes().get(1).body());
  }

  @Test
  void writesOfOneContextHaveKeysOfTheirOwn() throws Exception {
    HttpClientContext context = HttpClientContext.create();
    ClassicHttpRequest request = ClassicRequestBuilder.post(server.url()).setEntity("1").build();
    send(request, context);
    send(request, context);
    assertNotEquals(header(0, "Idempotency-Key"), header(1, "Idempotency-Key"));
  }

  private String send(String method, HttpEntity entity) throws IOException {
    return send(
        ClassicRequestBuilder.create(method).setUri(server.url()).setEntity(entity).build(),
        HttpClientContext.create());
  }

  private String send(ClassicHttpRequest request, HttpClientContext context) throws IOException {
    return client.execute(
        request,
        context,
        response -> {
          HttpEntity entity = response.getEntity();
          return response.getCode() + " " + (entity == null ? "" : EntityUtils.toString(entity));
        });
  }

  private String header(int write, String name) {
    List<CuttingServer.Arrived> writes = server.writes();
    Map<String, String> headers = writes.get(write).headers();
    return headers.get(name);
  }
}
