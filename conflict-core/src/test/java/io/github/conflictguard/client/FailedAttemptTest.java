package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.conflictguard.client.jdk.HttpUrlConnectionTransport;
import io.github.conflictguard.client.jdk.JavaHttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failures of an attempt are repeated: those that the next attempt may not have. */
class FailedAttemptTest {

  private static final RetryPolicy SHORT_PAUSES =
      RetryPolicy.usual().withPauses(Duration.ofMillis(1), Duration.ofMillis(2));

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final String url = "http://127.0.0.1:" + server.getAddress().getPort();
  private final AtomicInteger sent = new AtomicInteger();

  FailedAttemptTest() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void exceptionOfTheProtocolIsNotRepeated() {
    assertSentOnce(
        request -> {
          throw new ProtocolException("never");
        },
        ClientRequest.get(url),
        ProtocolException.class);
  }

  @Test
  void responseThatIsTooLongIsNotRepeated() {
    ClientRequest write = ClientRequest.of("POST", url, new byte[0]);
    IOException thrown =
        assertSentOnce(
            request -> ClientResponse.read(200, Map.of(), new Endless()), write, IOException.class);
    assertTrue(thrown.getMessage().contains("16777216"), thrown.getMessage());
  }

  @Test
  void patchByHttpUrlConnectionIsNotRepeated() {
    ClientRequest patch = ClientRequest.of("PATCH", url, "{}".getBytes(UTF_8));
    assertSentOnce(new HttpUrlConnectionTransport(), patch, ProtocolException.class);
  }

  @Test
  void malformedUrlIsNotRepeated() {
    ClientRequest read = ClientRequest.get("no url");
    assertSentOnce(new HttpUrlConnectionTransport(), read, MalformedURLException.class);
    sent.set(0);
    Transport transport = JavaHttpTransport.of(HttpClient.newHttpClient());
    assertSentOnce(transport, read, MalformedURLException.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JAVA_NET_HTTP")
  void endlessRedirectIsNotRepeated(KindOfClient kind) throws Exception {
    server.createContext(
        "/circle",
        exchange -> {
          exchange.getResponseHeaders().add("Location", url + "/circle");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    kind.open(
        (transport, plain) ->
            assertSentOnce(transport, ClientRequest.get(url + "/circle"), ProtocolException.class));
  }

  @ParameterizedTest
  @EnumSource
  void readIsRepeatedWhenTheConnectionBreaksWithinTheBody(KindOfClient kind) throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    server.createContext(
        "/cut",
        exchange -> {
          boolean cut = arrived.incrementAndGet() == 1;
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write("12345".getBytes(UTF_8));
          if (!cut) {
            exchange.getResponseBody().write("67890".getBytes(UTF_8));
          }
          exchange.close();
        });
    kind.open(
        (transport, plain) -> {
          ConditionalClient client =
              ConditionalClient.builder(transport).policy(SHORT_PAUSES).build();
          assertEquals("1234567890", client.read(url + "/cut").text());
        });
    assertEquals(2, arrived.get());
  }

  /** A client that obeys the header by itself would sleep for an hour. */
  @ParameterizedTest
  @EnumSource
  void longWaitIsReturnedToTheCallerAtOnce(KindOfClient kind) throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    server.createContext(
        "/busy",
        exchange -> {
          arrived.incrementAndGet();
          exchange.getResponseHeaders().add("Retry-After", "3600");
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    kind.open(
        (transport, plain) ->
            assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () ->
                    assertEquals(
                        503, ConditionalClient.of(transport).read(url + "/busy").status())));
    assertEquals(1, arrived.get());
  }

  private <T extends IOException> T assertSentOnce(
      Transport transport, ClientRequest request, Class<T> expected) {
    Transport counting =
        each -> {
          sent.incrementAndGet();
          return transport.send(each);
        };
    ConditionalClient client =
        ConditionalClient.builder(counting).keysHonoured().policy(SHORT_PAUSES).build();
    T thrown = assertThrows(expected, () -> client.send(request));
    assertEquals(1, sent.get());
    return thrown;
  }

  /** A body without an end. */
  private static final class Endless extends InputStream {

    @Override
    public int read() {
      return 'x';
    }
  }
}
