package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fifty clients that change one resource at nearly the same time, in simulated time: with the kit,
 * and with the loop that everyone writes first, which reads and writes again at once.
 */
class CrowdTest {

  private static final int CLIENTS = 50;
  private static final long MILLI = 1_000_000;

  /** What one crowd has done. */
  private record Outcome(int successes, int number, int requests, int mostPerSecond, long millis) {}

  /** A number behind a network: each way takes 5 to 15 ms. */
  private static final class Network implements Transport {

    private final VirtualTime time;
    private final Map<Long, Integer> perSecond = new TreeMap<>();
    private int number;
    private int requests;

    Network(VirtualTime time) {
      this.time = time;
    }

    @Override
    public ClientResponse send(ClientRequest request) {
      travel();
      requests++;
      perSecond.merge(time.nanos() / (1000 * MILLI), 1, Integer::sum);
      ClientResponse response = answer(request);
      travel();
      return response;
    }

    private void travel() {
      time.sleep((long) ((5 + 10 * time.chance()) * MILLI));
    }

    private ClientResponse answer(ClientRequest request) {
      String tag = "\"" + number + "\"";
      if (request.isRead()) {
        return response(200, tag, Integer.toString(number));
      }
      if (!tag.equals(request.header("If-Match"))) {
        return response(412, tag, "");
      }
      number = Integer.parseInt(new String(request.body(), ISO_8859_1));
      return response(200, "\"" + number + "\"", "");
    }

    private static ClientResponse response(int status, String tag, String body) {
      Map<String, List<String>> headers = new HashMap<>();
      headers.put("ETag", List.of(tag));
      return ClientResponse.of(status, headers, body.getBytes(ISO_8859_1));
    }
  }

  /** Changes the resource once. */
  private interface Worker {
    void run(Network network, VirtualTime time) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void crowdWithTheKitSucceedsWithAFractionOfTheRequests(long seed) {
    Outcome loop = crowd(seed, 0, CrowdTest::untilItSucceeds);
    Outcome kit = crowd(seed, 0, CrowdTest::byTheKit);
    String both = "loop: " + loop + ", kit: " + kit;
    assertEquals(CLIENTS, loop.successes(), both);
    assertEquals(CLIENTS, kit.successes(), both);
    assertEquals(CLIENTS, kit.number(), both);
    // 50 who start together need 50 rounds, in each of which all that are left try.
    assertTrue(loop.requests() > 800, both);
    assertTrue(kit.requests() * 2 < loop.requests(), both);
    assertTrue(kit.mostPerSecond() * 2 < loop.mostPerSecond(), both);
  }

  /** With pauses for thinking, hardly any client meets another. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void crowdThatThinksNeedsHardlyAnyRepetition(long seed) {
    Outcome kit = crowd(seed, 30_000, CrowdTest::byTheKitAsItIs);
    assertEquals(CLIENTS, kit.successes(), kit.toString());
    assertEquals(CLIENTS, kit.number(), kit.toString());
    assertTrue(kit.requests() <= 2 * CLIENTS + 20, kit.toString());
  }

  /** The defaults give up early in a crowd, lose nothing, and leave the server alone. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void defaultsLimitTheLoadOfACrowd(long seed) {
    Outcome kit = crowd(seed, 0, CrowdTest::byTheKitAsItIs);
    assertEquals(kit.successes(), kit.number(), kit.toString());
    assertTrue(kit.successes() > 0, kit.toString());
    // Three times read and write, and the read for the exception.
    assertTrue(kit.requests() <= CLIENTS * 7, kit.toString());
  }

  /**
   * Where the server refuses everything, one in five requests is repeated once the budget is used
   * up.
   */
  @Test
  void sharedBudgetPreventsAStorm() throws Exception {
    VirtualTime time = new VirtualTime(1);
    List<ClientRequest> sent = Collections.synchronizedList(new ArrayList<>());
    Transport overloaded =
        request -> {
          sent.add(request);
          Map<String, List<String>> headers = new HashMap<>();
          headers.put("Retry-After", List.of("1"));
          return ClientResponse.of(503, headers, new byte[0]);
        };
    ConditionalClient client =
        ConditionalClient.builder(overloaded).timing(time).budget(RetryBudget.of(10, 0.2)).build();
    List<Runnable> readers = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      readers.add(() -> assertEquals(503, unchecked(() -> client.read("http://x/"))));
      starts.add((long) (random.nextDouble() * 10_000 * MILLI));
    }
    time.run(readers, starts);
    assertTrue(sent.size() >= 1000 && sent.size() <= 1000 + 10 + 200, "" + sent.size());
  }

  private interface Call {
    ClientResponse run() throws IOException;
  }

  private static int unchecked(Call call) {
    try {
      return call.run().status();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Outcome crowd(long seed, int thinkMillis, Worker worker) {
    VirtualTime time = new VirtualTime(seed);
    Network network = new Network(time);
    Random random = new Random(seed);
    int[] successes = {0};
    List<Runnable> tasks = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      tasks.add(
          () -> {
            try {
              worker.run(network, time);
              successes[0]++;
            } catch (UpdateRefusedException e) {
              // Given up.
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      starts.add((long) (random.nextDouble() * Math.max(1, thinkMillis) * MILLI));
    }
    time.run(tasks, starts);
    return new Outcome(
        successes[0],
        network.number,
        network.requests,
        Collections.max(network.perSecond.values()),
        time.nanos() / MILLI);
  }

  private static void untilItSucceeds(Network network, VirtualTime time) {
    ClientResponse response;
    do {
      ClientResponse read = network.send(ClientRequest.get("http://x/"));
      response =
          network.send(
              ClientRequest.of("PUT", "http://x/", plusOne(read)).with("If-Match", read.tag()));
    } while (!response.isSuccessful());
  }

  private static void byTheKit(Network network, VirtualTime time) throws IOException {
    ConditionalClient.builder(network)
        .timing(time)
        .policy(
            RetryPolicy.usual()
                .withUpdates(50)
                .withUpdateTime(Duration.ofMinutes(2))
                .withPauses(Duration.ofMillis(200), Duration.ofSeconds(10)))
        .build()
        .update("http://x/", CrowdTest::plusOne);
  }

  private static void byTheKitAsItIs(Network network, VirtualTime time) throws IOException {
    ConditionalClient.builder(network).timing(time).build().update("http://x/", CrowdTest::plusOne);
  }

  private static byte[] plusOne(ClientResponse current) {
    return Integer.toString(Integer.parseInt(current.text()) + 1).getBytes(ISO_8859_1);
  }
}
