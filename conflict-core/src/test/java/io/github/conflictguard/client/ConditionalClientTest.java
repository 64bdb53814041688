package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalClientTest {

  private static final String URL = "http://h/orders/1";
  private static final String STALE =
      "{\"kind\":\"stale-version\",\"retry\":{\"advice\":\"refresh-then-retry\"}}";
  private static final String LOCKED =
      "{\"kind\":\"locked\",\"retry\":{\"advice\":\"same-request\"}}";

  private final List<ClientRequest> sent = new ArrayList<>();
  private final Deque<Object> answers = new ArrayDeque<>();
  private final List<Long> pauses = new ArrayList<>();
  private long now;
  private double chance = 0.5;
  private boolean interrupted;

  @Test
  void readGoesPastCachesAndCarriesNoKey() throws Exception {
    answer(200, "body", "ETag", "\"1\"");
    ClientResponse read = client().read(URL);
    assertEquals("\"1\"", read.tag());
    assertEquals("body", read.text());
    assertEquals(
        Map.of("Accept", "application/json, */*;q=0.8", "Cache-Control", "no-cache"),
        sent.get(0).headers());
  }

  @Test
  void everyWriteHasAKeyOfItsOwnThatItsRepetitionsShare() throws Exception {
    answer(409, LOCKED, "Content-Type", "application/problem+json");
    answer(201, "");
    answer(201, "");
    ConditionalClient client = client();
    client.send(ClientRequest.of("POST", URL, new byte[0]));
    client.send(ClientRequest.of("POST", URL, new byte[0]));
    String first = sent.get(0).header("Idempotency-Key");
    assertNotNull(first);
    assertEquals(first, sent.get(1).header("Idempotency-Key"));
    assertNotEquals(first, sent.get(2).header("Idempotency-Key"));
  }

  @Test
  void keyOfTheCallerAndNameOfTheHeaderAreKept() throws Exception {
    answer(201, "");
    answer(201, "");
    builder()
        .build()
        .send(ClientRequest.of("POST", URL, new byte[0]).with("idempotency-key", "mine"));
    builder().keyHeader("X-Key").build().send(ClientRequest.of("PUT", URL, new byte[0]));
    assertEquals("mine", sent.get(0).header("Idempotency-Key"));
    assertNotNull(sent.get(1).header("X-Key"));
    assertNull(sent.get(1).header("Idempotency-Key"));
  }

  /** Full jitter: half of the limit here, which doubles up to 5 s. */
  @Test
  void pausesDoubleUpToTheLongest() throws Exception {
    for (int i = 0; i < 10; i++) {
      answer(503, "");
    }
    RetryPolicy policy = RetryPolicy.usual().withSends(10);
    assertEquals(503, builder().policy(policy).build().read(URL).status());
    assertEquals(List.of(50L, 100L, 200L, 400L, 800L, 1600L, 2500L, 2500L, 2500L), millis(pauses));
  }

  @ParameterizedTest
  @CsvSource({"0, 3000", "0.999, 3099"})
  void pauseIsNeverShorterThanTheServerRequires(double random, long expected) throws Exception {
    chance = random;
    answer(503, "", "Retry-After", "3");
    answer(200, "");
    assertEquals(200, client().read(URL).status());
    assertEquals(expected, pauses.get(0) / 1_000_000);
  }

  @ParameterizedTest
  @CsvSource({"30, 2", "31, 1", "999999999999, 1"})
  void longerWaitThanTheLimitIsReturnedToTheCaller(String retryAfter, int requests)
      throws Exception {
    answer(503, "", "Retry-After", retryAfter);
    answer(200, "");
    client().read(URL);
    assertEquals(requests, sent.size());
  }

  @Test
  void readIsRepeatedAfterABrokenConnection() throws Exception {
    answers.add(new IOException("reset"));
    answer(200, "");
    assertEquals(200, client().read(URL).status());
  }

  /** Another attempt would take as long as the first one. */
  @Test
  void timeoutIsNotRepeated() {
    answers.add(new SocketTimeoutException("read"));
    assertThrows(SocketTimeoutException.class, () -> client().read(URL));
    assertEquals(1, sent.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void writeIsRepeatedAfterABrokenConnectionOnlyWithHonouredKeys(String method) throws Exception {
    answers.add(new IOException("reset"));
    ClientRequest write = ClientRequest.of(method, URL, new byte[0]);
    assertThrows(IOException.class, () -> client().send(write));
    answers.add(new IOException("reset"));
    answer(200, "");
    assertEquals(200, builder().keysHonoured().build().send(write).status());
    assertEquals(3, sent.size());
  }

  @Test
  void interruptEndsThePauseAndStaysSet() {
    interrupted = true;
    answer(503, "");
    assertThrows(InterruptedIOException.class, () -> client().read(URL));
    assertTrue(Thread.interrupted());
  }

  @Test
  void updateAppliesTheChangeToTheFreshState() throws Exception {
    answer(200, "a", "ETag", "\"1\"", "Content-Type", "text/plain");
    answer(412, STALE, "ETag", "\"2\"", "Content-Type", "application/problem+json");
    answer(200, "b", "ETag", "\"2\"", "Content-Type", "text/csv");
    answer(204, "");
    ClientResponse response = client().update(URL, now -> (now.text() + "!").getBytes(UTF_8));
    assertEquals(204, response.status());
    assertEquals("\"1\"", sent.get(1).header("If-Match"));
    assertEquals("\"2\"", sent.get(3).header("If-Match"));
    assertEquals("b!", new String(sent.get(3).body(), UTF_8));
    assertEquals("text/csv", sent.get(3).header("Content-Type"));
    // Another state is another request.
    assertNotEquals(sent.get(1).header("Idempotency-Key"), sent.get(3).header("Idempotency-Key"));
  }

  @Test
  void updateIsGivenUpAfterThreeStatesWithTheCurrentOneAndTheProblem() {
    for (int i = 1; i <= 3; i++) {
      answer(200, "state " + i, "ETag", "\"" + i + "\"");
      answer(412, STALE, "Content-Type", "application/problem+json");
    }
    answer(200, "state 4", "ETag", "\"4\"");
    UpdateRefusedException thrown =
        assertThrows(
            UpdateRefusedException.class, () -> client().update(URL, ClientResponse::body));
    assertEquals("stale-version", thrown.advice().kind());
    assertEquals(412, thrown.refusal().status());
    assertEquals("state 4", thrown.current().text());
    assertEquals(7, sent.size());
  }

  @Test
  void updateIsGivenUpAfterTenSeconds() {
    RetryPolicy patient =
        RetryPolicy.usual()
            .withUpdates(1000)
            .withPauses(Duration.ofSeconds(4), Duration.ofSeconds(4));
    for (int i = 0; i < 7; i++) {
      answer(200, "x", "ETag", "\"1\"");
      answer(412, "");
    }
    answer(200, "x", "ETag", "\"1\"");
    assertThrows(
        UpdateRefusedException.class,
        () -> builder().policy(patient).build().update(URL, ClientResponse::body));
    // Pauses of 2 s: the fifth one would end at 10 s.
    assertEquals(List.of(2000L, 2000L, 2000L, 2000L), millis(pauses));
  }

  @ParameterizedTest
  @CsvSource({"409, duplicate-key, never", "409, wrong-state, after-state-change"})
  void refusalThatAFreshStateDoesNotCureIsFinal(int status, String kind, String advice) {
    answer(200, "x", "ETag", "\"1\"");
    String problem = "{\"kind\":\"" + kind + "\",\"retry\":{\"advice\":\"" + advice + "\"}}";
    answer(status, problem, "Content-Type", "application/problem+json");
    answers.add(new IOException("the read for the caller fails"));
    UpdateRefusedException thrown =
        assertThrows(
            UpdateRefusedException.class, () -> client().update(URL, ClientResponse::body));
    assertEquals(kind, thrown.advice().kind());
    assertEquals("x", thrown.current().text());
  }

  /** With a key of its own, this is the answer to its own repetition. */
  @Test
  void updateThatWasAppliedBeforeIsNotApplied() throws Exception {
    answer(200, "x", "ETag", "\"1\"");
    String problem = "{\"kind\":\"already-applied\",\"retry\":{\"advice\":\"never\"}}";
    answer(409, problem, "Content-Type", "application/problem+json");
    ClientResponse response = client().update(URL, ClientResponse::body);
    assertTrue(response.advice().isAlreadyApplied());
    assertEquals(2, sent.size());
  }

  /** Otherwise a change that the server has made could be made twice. */
  @Test
  void updateOfUnknownOutcomeIsNotAppliedAgain() {
    answer(200, "x", "ETag", "\"1\"");
    answers.add(new IOException("reset"));
    IOException thrown =
        assertThrows(IOException.class, () -> client().update(URL, ClientResponse::body));
    assertEquals("reset", thrown.getMessage());
    assertEquals(2, sent.size());
  }

  @Test
  void updateWithoutAChangeWritesNothing() throws Exception {
    answer(200, "x", "ETag", "\"1\"");
    assertEquals("x", client().update(URL, current -> null).text());
    assertEquals(1, sent.size());
  }

  @ParameterizedTest
  @CsvSource({
    "200,, has no valid ETag",
    "404, '\"1\"', failed",
    "200, nonsense, has no valid ETag"
  })
  void updateRequiresAStateWithATag(int status, String tag, String message) {
    answer(status, "x", "ETag", tag);
    UpdateRefusedException thrown =
        assertThrows(
            UpdateRefusedException.class, () -> client().update(URL, ClientResponse::body));
    assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
    assertNull(thrown.current());
  }

  @Test
  void weakTagIsSentAsItIsAndNamedInTheException() {
    answer(200, "x", "ETag", "W/\"1\"");
    answer(412, "");
    answer(200, "x", "ETag", "W/\"1\"");
    RetryPolicy once = RetryPolicy.usual().withUpdates(1);
    UpdateRefusedException thrown =
        assertThrows(
            UpdateRefusedException.class,
            () -> builder().policy(once).build().update(URL, ClientResponse::body));
    assertEquals("W/\"1\"", sent.get(1).header("If-Match"));
    assertTrue(thrown.getMessage().contains("weak"), thrown.getMessage());
  }

  /** The user has to decide about the changes in between. */
  @Test
  void replacementOfAStaleStateIsReturnedToTheCaller() throws Exception {
    answer(200, "x", "ETag", "\"1\"");
    answer(412, STALE, "Content-Type", "application/problem+json");
    ConditionalClient client = client();
    ClientResponse base = client.read(URL);
    ClientResponse response = client.replace(URL, base, new byte[] {1});
    assertEquals(RetryAdvice.REFRESH, response.advice().retry());
    assertEquals("\"1\"", sent.get(1).header("If-Match"));
    assertEquals(2, sent.size());
  }

  /**
   * Two users read different states through one client: each write names what its user has read.
   */
  @Test
  void replacementNamesTheStateOfItsOwnRead() throws Exception {
    answer(200, "x", "ETag", "\"1\"");
    answer(200, "y", "ETag", "\"2\"");
    answer(412, "");
    ConditionalClient client = client();
    ClientResponse first = client.read(URL);
    client.read(URL);
    client.replace(URL, first, new byte[0]);
    assertEquals("\"1\"", sent.get(2).header("If-Match"));
  }

  @Test
  void baseWithoutATagIsRefused() {
    ClientResponse base = ClientResponse.of(200, Map.of(), new byte[0]);
    assertThrows(IllegalArgumentException.class, () -> client().replace(URL, base, new byte[0]));
    assertEquals(List.of(), sent);
  }

  @Test
  void memoryMakesWritesConditional() throws Exception {
    ConditionalClient client = builder().memory(new TagMemory()).build();
    answer(200, "x", "ETag", "\"1\"");
    client.read(URL);
    answer(412, "", "ETag", "\"9\"");
    client.send(ClientRequest.of("PUT", URL, new byte[0]));
    answer(204, "", "ETag", "\"2\"");
    client.send(ClientRequest.of("PATCH", URL, new byte[0]));
    answer(204, "");
    client.send(ClientRequest.of("DELETE", URL, new byte[0]).with("If-Match", "*"));
    answer(204, "");
    client.send(ClientRequest.of("PUT", URL, new byte[0]));
    // The 412 contains a tag whose state the caller has not read.
    assertEquals("\"1\"", sent.get(1).header("If-Match"));
    assertEquals("\"1\"", sent.get(2).header("If-Match"));
    assertEquals("*", sent.get(3).header("If-Match"));
    assertNull(sent.get(4).header("If-Match"));
  }

  @Test
  void responseThatCannotBeRepeatedIsTheSameInstance() throws Exception {
    ClientResponse created = ClientResponse.of(201, Map.of(), new byte[0]);
    answers.add(created);
    assertSame(created, client().send(ClientRequest.of("POST", URL, new byte[0])));
  }

  private ConditionalClient client() {
    return builder().build();
  }

  private ConditionalClient.Builder builder() {
    return ConditionalClient.builder(
            request -> {
              sent.add(request);
              Object answer = answers.remove();
              if (answer instanceof IOException) {
                throw (IOException) answer;
              }
              return (ClientResponse) answer;
            })
        .timing(
            new Timing() {
              @Override
              public long nanos() {
                return now;
              }

              @Override
              public double chance() {
                return chance;
              }

              @Override
              public void sleep(long nanos) throws InterruptedException {
                if (interrupted) {
                  throw new InterruptedException();
                }
                pauses.add(nanos);
                now += nanos;
              }
            });
  }

  private void answer(int status, String body, String... headers) {
    Map<String, List<String>> lines = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i + 1] != null) {
        lines.put(headers[i], List.of(headers[i + 1]));
      }
    }
    answers.add(ClientResponse.of(status, lines, body.getBytes(UTF_8)));
  }

  private static List<Long> millis(List<Long> nanos) {
    return nanos.stream().map(each -> each / 1_000_000).toList();
  }
}
