package io.github.conflictguard.servlet.enforcement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.client.ClientRequest;
import io.github.conflictguard.client.ClientResponse;
import io.github.conflictguard.client.ConditionalClient;
import io.github.conflictguard.client.RetryAdvice;
import io.github.conflictguard.client.RetryBudget;
import io.github.conflictguard.client.RetryPolicy;
import io.github.conflictguard.client.Transport;
import io.github.conflictguard.client.UpdateRefusedException;
import io.github.conflictguard.client.jdk.HttpUrlConnectionTransport;
import io.github.conflictguard.client.jdk.JavaHttpTransport;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit for Java clients against the filter. */
@Tag("container")
class JavaKitTest {

  private final FilterServer server = new FilterServer();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /** The clients of the JDK; the others are tested in the core. */
  enum Client {
    HTTP_URL_CONNECTION,
    JAVA_NET_HTTP;

    Transport transport() {
      return this == HTTP_URL_CONNECTION
          ? new HttpUrlConnectionTransport()
          : JavaHttpTransport.of(HttpClient.newHttpClient());
    }
  }

  @BeforeEach
  void start() throws Exception {
    server
        .filter(new ConflictFilter())
        .handle(
            "/number",
            (request, response) -> {
              if (request.getMethod().equals("GET")) {
                response.setContentType("application/json");
                response.getWriter().print(number.get());
              } else {
                number.set(Integer.parseInt(new String(request.getInputStream().readAllBytes())));
                response.setStatus(204);
              }
            })
        .handle(
            "/orders",
            (request, response) -> {
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException(new SQLException("m", "40001"));
              }
              number.incrementAndGet();
              response.setStatus(201);
            })
        .handle(
            "/duplicate",
            (request, response) -> {
              response.setHeader("ETag", "\"1\"");
              if (!request.getMethod().equals("GET")) {
                throw new IllegalStateException(new SQLException("m", "23505"));
              }
            })
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void refusalIsReadAndNotThePageForPeople(Client client) throws Exception {
    ConditionalClient kit = ConditionalClient.of(client.transport());
    ClientResponse base = kit.read(url("/number"));
    assertEquals(204, kit.replace(url("/number"), base, "5".getBytes(UTF_8)).status());
    ClientResponse refused = kit.replace(url("/number"), base, "6".getBytes(UTF_8));
    // The same client with other content: no repetition of the first write.
    assertEquals(412, refused.status());
    assertEquals("stale-version", refused.advice().kind());
    assertEquals(RetryAdvice.REFRESH, refused.advice().retry());
    assertNotNull(refused.advice().currentTag());
    assertEquals(5, number.get());
  }

  @ParameterizedTest
  @EnumSource
  void updatesOfManyThreadsAreAllThere(Client client) throws Exception {
    ConditionalClient kit =
        ConditionalClient.builder(client.transport())
            .budget(RetryBudget.of(100_000, 1))
            .policy(
                RetryPolicy.usual()
                    .withUpdates(10_000)
                    .withUpdateTime(Duration.ofMinutes(5))
                    .withPauses(Duration.ofMillis(1), Duration.ofMillis(20)))
            .build();
    ExecutorService executor = Executors.newFixedThreadPool(4);
    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      results.add(
          executor.submit(
              () -> {
                for (int j = 0; j < 5; j++) {
                  kit.update(
                      url("/number"),
                      now -> String.valueOf(Integer.parseInt(now.text()) + 1).getBytes(UTF_8));
                }
                return null;
              }));
    }
    executor.shutdown();
    for (Future<?> result : results) {
      result.get();
    }
    assertEquals(20, number.get());
  }

  /** The filter sends Retry-After: 1 or 2. */
  @ParameterizedTest
  @EnumSource
  void transientConflictIsRepeatedAfterTheTimeThatTheFilterStates(Client client) throws Exception {
    failures.set(1);
    ConditionalClient kit = ConditionalClient.of(client.transport());
    ClientRequest post = ClientRequest.of("POST", url("/orders"), new byte[0]);
    assertEquals(201, kit.send(post).status());
    assertEquals(1, number.get());
  }

  @ParameterizedTest
  @EnumSource
  void conflictThatAFreshStateDoesNotCureIsReported(Client client) {
    ConditionalClient kit = ConditionalClient.of(client.transport());
    UpdateRefusedException thrown =
        assertThrows(
            UpdateRefusedException.class,
            () -> kit.update(url("/duplicate"), now -> "x".getBytes(UTF_8)));
    assertEquals("duplicate-key", thrown.advice().kind());
    assertEquals(RetryAdvice.NEVER, thrown.advice().retry());
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.port() + "/app" + path;
  }
}
