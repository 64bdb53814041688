package io.github.conflictguard.example;

import static io.github.conflictguard.example.server.OfficeClient.json;
import static io.github.conflictguard.example.server.OfficeClient.path;
import static io.github.conflictguard.example.server.OfficeClient.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.example.server.OfficeClient;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.RunningOffice;
import io.github.conflictguard.example.server.RunningOffices;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Many writers at once, and a checker that reads the rows. */
@ParameterizedClass
@ArgumentsSource(RunningOffices.class)
class LostUpdateIT {

  private static final int THREADS = 64;
  private static final int ROUNDS = Integer.getInteger("lost.update.rounds", 50);

  private final OfficeClient client;
  private final OfficeDatabase database;
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private final String email = UUID.randomUUID() + "@example.org";

  LostUpdateIT(RunningOffice office) {
    this.client = new OfficeClient(office.server());
    this.database = office.database();
  }

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void ofManyWritersWithTheSameTagExactlyOneWins() throws Exception {
    String customer = path(client.createCustomer("Ada", email));
    CyclicBarrier together = new CyclicBarrier(THREADS);
    int lostUpdates = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String tag = tag(client.send("GET", customer));
      List<String> winners = new ArrayList<>();
      List<Future<Attempt>> attempts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String value = round + "/" + thread;
        attempts.add(pool.submit(put(customer, value, tag, together)));
      }
      for (Future<Attempt> done : attempts) {
        Attempt attempt = done.get();
        if (attempt.status == 200) {
          winners.add(attempt.value);
        } else {
          assertEquals(412, attempt.status);
        }
      }
      lostUpdates += winners.equals(List.of(storedPhone())) ? 0 : 1;
    }
    assertEquals(0, lostUpdates);
  }

  /** Everybody reads, adds one, and writes back with the tag, again and again until it is taken. */
  @Test
  void noIncrementIsLost() throws Exception {
    String customer = path(client.createCustomer("Ada", email));
    int writers = 8;
    int increments = 25;
    List<Future<Void>> work = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      work.add(
          pool.submit(
              () -> {
                for (int i = 0; i < increments; i++) {
                  incrementUntilTaken(customer);
                }
                return null;
              }));
    }
    for (Future<Void> done : work) {
      done.get();
    }
    assertEquals(String.valueOf(1 + writers * increments), storedPhone());
  }

  private void incrementUntilTaken(String customer) throws Exception {
    int status;
    do {
      HttpResponse<String> read = client.send("GET", customer);
      int next = Integer.parseInt(json(read).get("phone").textValue()) + 1;
      status =
          client
              .sendJson("PATCH", customer, "{\"phone\":\"" + next + "\"}", "If-Match", tag(read))
              .statusCode();
    } while (status == 412);
    assertEquals(200, status);
  }

  private Callable<Attempt> put(String customer, String value, String tag, CyclicBarrier together) {
    String body = "{\"name\":\"Ada\",\"email\":\"%s\",\"phone\":\"%s\"}".formatted(email, value);
    return () -> {
      together.await();
      return new Attempt(
          value, client.sendJson("PUT", customer, body, "If-Match", tag).statusCode());
    };
  }

  private String storedPhone() throws Exception {
    return database.text("SELECT phone FROM customer WHERE email = ?", email);
  }

  private record Attempt(String value, int status) {}
}
