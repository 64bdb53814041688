package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixteen clients send the same request with one key at the same time, again and again. */
@Tag("container")
class IdempotencyKeyStressTest {

  private static final int CLIENTS = 16;

  /** 10,000 in the profile {@code stress}, half of them for each setting. */
  private static final int ROUNDS =
      Integer.getInteger("stress.increments", 100) >= 1000 ? 5000 : 50;

  private final AtomicInteger executed = new AtomicInteger();
  private final FilterServer server = new FilterServer();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "60000"})
  void requestOfManyClientsIsExecutedOnce(String wait) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "o", "write": "/orders", "tag": "none",
             "idempotencyKey": "required"}]}
            """)
        .filter(new ConflictFilter(), Map.of("idempotencyWaitMillis", wait))
        .handle(
            "/orders",
            (request, response) -> {
              Thread.yield();
              response.setStatus(201);
              response.getWriter().print("order " + executed.incrementAndGet());
            })
        .start();
    CyclicBarrier begin = new CyclicBarrier(CLIENTS);
    List<Future<List<String>>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(threads.submit(() -> answers(begin)));
    }
    List<List<String>> all = new ArrayList<>();
    for (Future<List<String>> client : clients) {
      all.add(client.get(10, TimeUnit.MINUTES));
    }
    assertEquals(ROUNDS, executed.get());
    Set<String> orders = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Set<String> ofRound = new HashSet<>();
      for (List<String> answers : all) {
        ofRound.add(answers.get(round));
      }
      if (wait.equals("0")) {
        ofRound.remove("in progress");
      }
      assertEquals(1, ofRound.size(), ofRound.toString());
      orders.addAll(ofRound);
    }
    assertEquals(ROUNDS, orders.size());
  }

  private List<String> answers(CyclicBarrier begin) throws Exception {
    List<String> answers = new ArrayList<>();
    try (RawClient client = new RawClient(server.port())) {
      for (int round = 0; round < ROUNDS; round++) {
        begin.await(60, TimeUnit.SECONDS);
        client
            .ask(
                "POST",
                "/orders",
                "HTTP/1.1",
                "Idempotency-Key: \"round " + round + "\"",
                "Content-Length: 2")
            .send("{}");
        RawAnswer answer = client.answer("POST");
        boolean inProgress = answer.text().contains("request-in-progress");
        assertTrue(inProgress || answer.statusLine().contains(" 201"), answer.statusLine());
        answers.add(inProgress ? "in progress" : answer.text());
      }
    }
    return answers;
  }
}
