package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.client.CuttingServer.Fate;
import io.github.conflictguard.client.jdk.HttpUrlConnectionTransport;
import io.github.conflictguard.client.jdk.JavaHttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The usual clients against a server that cuts kept connections: on their own, and with the kit.
 */
class BrokenConnectionTest {

  private static final RetryPolicy SHORT_PAUSES =
      RetryPolicy.usual().withPauses(Duration.ofMillis(1), Duration.ofMillis(20));

  private CuttingServer server;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** Why the kit exists: how often one write arrives, without it and with the defaults. */
  @ParameterizedTest
  @CsvSource({
    "HTTP_URL_CONNECTION, POST, 2",
    "HTTP_URL_CONNECTION, PUT, 2",
    "HTTP_URL_CONNECTION, DELETE, 2",
    "JAVA_NET_HTTP, POST, 1",
    "JAVA_NET_HTTP, PUT, 1",
    "JAVA_NET_HTTP, DELETE, 1",
    "OK_HTTP, POST, 2",
    "OK_HTTP, PUT, 2",
    "OK_HTTP, DELETE, 2",
    "APACHE_4, POST, 1",
    "APACHE_4, PUT, 1",
    "APACHE_4, DELETE, 2",
    "APACHE_5, POST, 1",
    "APACHE_5, PUT, 2",
    "APACHE_5, DELETE, 2",
  })
  void someClientsExecuteAWriteTwiceByThemselves(KindOfClient kind, String method, int executed)
      throws Exception {
    server = new CuttingServer(false);
    kind.open(
        (transport, plain) -> {
          plain.send("GET", server.url(), null);
          server.next(Fate.CUT_AFTER_EXECUTION);
          try {
            plain.send(method, server.url(), method.equals("DELETE") ? null : "1");
          } catch (IOException e) {
            // The client does not repeat the request.
          }
        });
    assertEquals(executed, server.executed());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_URL_CONNECTION, 1",
    "JAVA_NET_HTTP, 1",
    "OK_HTTP, 1",
    "APACHE_4, 1",
    "APACHE_5, 2",
  })
  void oneClientRepeatsAPostThatAServerCannotServe(KindOfClient kind, int arrivals)
      throws Exception {
    server = new CuttingServer(false);
    kind.open(
        (transport, plain) -> {
          server.nextAnswer(503, "Retry-After: 1\r\n", "");
          plain.send("POST", server.url(), "1");
        });
    assertEquals(arrivals, server.writes().size());
  }

  @ParameterizedTest
  @MethodSource("clientsAndMethods")
  void writeOfUnknownOutcomeIsNotRepeated(KindOfClient kind, String method) throws Exception {
    server = new CuttingServer(false);
    kind.open(
        (transport, plain) -> {
          ConditionalClient client = ConditionalClient.of(transport);
          client.read(server.url());
          server.next(Fate.CUT_AFTER_EXECUTION);
          ClientRequest write = ClientRequest.of(method, server.url(), body(method));
          assertThrows(IOException.class, () -> client.send(write));
        });
    assertEquals(1, server.writes().size());
    assertEquals(1, server.executed());
  }

  @ParameterizedTest
  @MethodSource("clientsAndMethods")
  void honouredKeyMakesARepetitionSafe(KindOfClient kind, String method) throws Exception {
    server = new CuttingServer(true);
    kind.open(
        (transport, plain) -> {
          ConditionalClient client = clientOf(transport).build();
          client.read(server.url());
          server.next(Fate.CUT_AFTER_EXECUTION).next(Fate.CUT_BEFORE_EXECUTION);
          ClientRequest write = ClientRequest.of(method, server.url(), body(method));
          assertEquals(200, client.send(write).status());
        });
    assertEquals(1, server.executed());
    assertEquals(3, server.writes().size());
    Set<String> keys = new HashSet<>();
    server.writes().forEach(write -> keys.add(write.headers().get("Idempotency-Key")));
    assertEquals(1, keys.size());
  }

  @ParameterizedTest
  @EnumSource
  void updateThatWasExecutedIsNotAppliedAgain(KindOfClient kind) throws Exception {
    server = new CuttingServer(false);
    kind.open(
        (transport, plain) -> {
          ConditionalClient client = ConditionalClient.of(transport);
          server.next(Fate.CUT_AFTER_EXECUTION);
          IOException thrown =
              assertThrows(
                  IOException.class,
                  () -> client.update(server.url(), BrokenConnectionTest::plusOne));
          assertEquals(false, thrown instanceof UpdateRefusedException, thrown.toString());
        });
    assertEquals(1, server.number());
  }

  /** Every client repeats it by itself or not at all: the kit alone decides. */
  @ParameterizedTest
  @CsvSource({"503, 1", "429, 1", "408, 1", "409, 1", "412, 1", "500, 1"})
  void writeIsNotRepeatedOnTheStatusOfAnotherServer(int status, int arrivals) throws Exception {
    for (KindOfClient kind : KindOfClient.values()) {
      server = new CuttingServer(false);
      kind.open(
          (transport, plain) -> {
            ConditionalClient client = ConditionalClient.of(transport);
            server.nextAnswer(status, "Retry-After: 0\r\n", "");
            ClientRequest write = ClientRequest.of("POST", server.url(), body("POST"));
            assertEquals(status, client.send(write).status(), kind.toString());
          });
      assertEquals(arrivals, server.writes().size(), kind.toString());
      server.close();
    }
  }

  /** What is not in the tables: the request as it is on the wire. */
  @ParameterizedTest
  @EnumSource
  void requestArrivesAsItWasMade(KindOfClient kind) throws Exception {
    server = new CuttingServer(false);
    kind.open(
        (transport, plain) -> {
          ConditionalClient client = ConditionalClient.of(transport);
          ClientResponse read = client.read(server.url());
          assertEquals("0", read.text());
          assertEquals("\"1\"", read.tag());
          assertEquals(200, client.replace(server.url(), read, body("PUT")).status());
          ClientRequest delete = ClientRequest.of("DELETE", server.url(), new byte[0]);
          assertEquals(200, client.send(delete).status());
        });
    Map<String, String> put = server.writes().get(0).headers();
    assertEquals("\"1\"", put.get("If-Match"));
    assertEquals("text/plain", put.get("Content-Type"));
    assertEquals("application/json, */*;q=0.8", put.get("Accept"));
    assertEquals("1", server.writes().get(0).body());
    assertEquals("DELETE", server.writes().get(1).method());
    assertEquals("", server.writes().get(1).body());
  }

  @Test
  void patchOfHttpUrlConnectionRequiresAnOverride() throws Exception {
    server = new CuttingServer(false);
    ClientRequest patch = ClientRequest.of("PATCH", server.url(), body("PATCH"));
    HttpUrlConnectionTransport plain = new HttpUrlConnectionTransport();
    IOException thrown = assertThrows(IOException.class, () -> plain.send(patch));
    assertTrue(thrown.getMessage().contains("withMethodOverride"), thrown.getMessage());
    Transport overriding = plain.withMethodOverride("X-HTTP-Method-Override");
    assertEquals(200, overriding.send(patch).status());
    assertEquals("POST", server.writes().get(0).method());
    assertEquals("PATCH", server.writes().get(0).headers().get("X-HTTP-Method-Override"));
  }

  @Test
  void onlyAClientOfJavaNetHttpIsAccepted() throws Exception {
    server = new CuttingServer(false);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> JavaHttpTransport.of("client"));
    assertEquals(
        "expected a java.net.http.HttpClient, found java.lang.String", thrown.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void lockedRecordIsWrittenInTheNextAttempt(KindOfClient kind) throws Exception {
    server = new CuttingServer(false);
    kind.open(
        (transport, plain) -> {
          ConditionalClient client =
              ConditionalClient.builder(transport).policy(SHORT_PAUSES).build();
          server.nextAnswer(
              409,
              "Retry-After: 0\r\nContent-Type: application/problem+json\r\n",
              "{\"kind\":\"locked\",\"retry\":{\"advice\":\"same-request\"}}");
          ClientRequest write = ClientRequest.of("POST", server.url(), body("POST"));
          assertEquals(200, client.send(write).status());
        });
    assertEquals(2, server.writes().size());
    assertEquals(1, server.executed());
  }

  @ParameterizedTest
  @EnumSource
  void updatesOfManyThreadsOverBadConnectionsAreAllThereOnce(KindOfClient kind) throws Exception {
    int threads = 6;
    int each = 8;
    server = new CuttingServer(true);
    server.cutAtRandom(kind.ordinal(), 0.3);
    kind.open(
        (transport, plain) -> {
          ConditionalClient client = clientOf(transport).build();
          ExecutorService executor = Executors.newFixedThreadPool(threads);
          List<Future<?>> results = new ArrayList<>();
          for (int i = 0; i < threads; i++) {
            results.add(
                executor.submit(
                    () -> {
                      for (int j = 0; j < each; j++) {
                        client.update(server.url(), BrokenConnectionTest::plusOne);
                      }
                      return null;
                    }));
          }
          executor.shutdown();
          for (Future<?> result : results) {
            result.get();
          }
        });
    assertEquals(threads * each, server.number());
  }

  private static ConditionalClient.Builder clientOf(Transport transport) {
    return ConditionalClient.builder(transport)
        .keysHonoured()
        .budget(RetryBudget.of(100_000, 1))
        .policy(
            SHORT_PAUSES.withSends(1000).withUpdates(10_000).withUpdateTime(Duration.ofMinutes(5)));
  }

  private static byte[] plusOne(ClientResponse current) {
    return Integer.toString(Integer.parseInt(current.text()) + 1).getBytes(ISO_8859_1);
  }

  private static byte[] body(String method) {
    return method.equals("DELETE") ? new byte[0] : "1".getBytes(ISO_8859_1);
  }

  static Stream<Arguments> clientsAndMethods() {
    return Stream.of(KindOfClient.values())
        .flatMap(
            kind -> Stream.of("POST", "PUT", "DELETE").map(method -> Arguments.of(kind, method)));
  }
}
