package io.github.conflictguard.servlet.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.formdata.DigestedRequest;
import io.github.conflictguard.servlet.formdata.FormLimits;
import io.github.conflictguard.servlet.idempotency.KeyedRequest.State;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The memory of idempotency keys. */
class KeyedRequestsTest {

  private static final long LIMIT = 1 << 20;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final KeyedRequests memory = new KeyedRequests(LIMIT, new WaiterLimit(2), nanos::get);

  @Test
  void millionKeysOfOneClientTakeBoundedMemoryAndLeaveThoseOfOthers() throws Exception {
    HttpServletRequest ada = request("ada");
    assertEquals(State.FIRST, execute(ada, "first").state());
    HttpServletRequest eve = request("eve");
    RequestFingerprint sent = RequestFingerprint.of(eve, "/orders");
    ClientIdentity client = ClientIdentity.ofSender(eve);
    RecordedAnswer answer = RecordedAnswer.redirect(302, "/done");
    for (int i = 0; i < 1_000_000; i++) {
      KeyedExecution execution =
          memory.enter(client, "orders", "key " + i, sent, 86_400, 0).execution();
      execution.done(eve, client, answer, null);
    }
    assertTrue(memory.size() <= 2 * LIMIT, "size " + memory.size());
    assertEquals(State.REPEATED, execute(ada, "first").state());
    assertEquals(State.REPEATED, execute(eve, "key 999999").state());
  }

  @Test
  void keyExpiresAfterItsLifetime() throws Exception {
    HttpServletRequest ada = request("ada");
    assertEquals(State.FIRST, execute(ada, "k").state());
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(86_400) - 1);
    assertEquals(State.REPEATED, execute(ada, "k").state());
    nanos.addAndGet(1);
    assertEquals(State.FIRST, execute(ada, "k").state());
  }

  @Test
  void failedRequestIsExecutedAgain() throws Exception {
    HttpServletRequest ada = request("ada");
    RequestFingerprint sent = RequestFingerprint.of(ada, "/orders");
    ClientIdentity client = ClientIdentity.ofSender(ada);
    KeyedRequest first = memory.enter(client, "orders", "k", sent, 86_400, 0);
    assertEquals(State.IN_PROGRESS, memory.enter(client, "orders", "k", sent, 86_400, 0).state());
    first.execution().failed();
    KeyedRequest second = memory.enter(client, "orders", "k", sent, 86_400, 0);
    assertEquals(State.FIRST, second.state());
    first.execution().done(ada, client, null, null);
    assertEquals(State.IN_PROGRESS, memory.enter(client, "orders", "k", sent, 86_400, 0).state());
  }

  @Test
  void repetitionWaitsForTheFirstRequest() throws Exception {
    HttpServletRequest ada = request("ada");
    RequestFingerprint sent = RequestFingerprint.of(ada, "/orders");
    ClientIdentity client = ClientIdentity.ofSender(ada);
    KeyedRequest first = memory.enter(client, "orders", "k", sent, 86_400, 0);
    CompletableFuture<State> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return memory.enter(client, "orders", "k", sent, 86_400, 60_000).state();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    first.execution().done(ada, client, null, null);
    assertEquals(State.REPEATED, waiting.get(30, TimeUnit.SECONDS));
  }

  @Test
  void noThreadWaitsBeyondTheLimitOfWaiters() throws Exception {
    KeyedRequests full = new KeyedRequests(LIMIT, new WaiterLimit(0), nanos::get);
    HttpServletRequest ada = request("ada");
    RequestFingerprint sent = RequestFingerprint.of(ada, "/orders");
    ClientIdentity client = ClientIdentity.ofSender(ada);
    assertEquals(State.FIRST, full.enter(client, "orders", "k", sent, 86_400, 0).state());
    assertEquals(
        State.IN_PROGRESS, full.enter(client, "orders", "k", sent, 86_400, 86_400_000).state());
  }

  @Test
  void responseIsNotForAClientThatTheApplicationHasRefusedSince() throws Exception {
    HttpServletRequest ada = request("ada");
    ClientIdentity client = ClientIdentity.ofSender(ada);
    RequestFingerprint sent = RequestFingerprint.of(ada, "/orders");
    RecordedAnswer answer = RecordedAnswer.redirect(302, "/done");
    memory
        .enter(client, "orders", "k", sent, 86_400, 0)
        .execution()
        .done(ada, client, answer, null);
    memory.refused(ClientIdentity.ofSender(request("eve")), null);
    memory.refused(client, "customers");
    memory.refused(client, "null");
    assertEquals(answer, memory.enter(client, "orders", "k", sent, 86_400, 0).answer());
    memory.refused(client, "orders");
    KeyedRequest repeated = memory.enter(client, "orders", "k", sent, 86_400, 0);
    assertEquals(State.REPEATED, repeated.state());
    assertNull(repeated.answer());
    nanos.incrementAndGet();
    memory
        .enter(client, "orders", "l", sent, 86_400, 0)
        .execution()
        .done(ada, client, answer, null);
    assertEquals(answer, memory.enter(client, "orders", "l", sent, 86_400, 0).answer());
    memory.refused(client, null);
    assertNull(memory.enter(client, "orders", "l", sent, 86_400, 0).answer());
  }

  private KeyedRequest execute(HttpServletRequest request, String name) throws Exception {
    ClientIdentity client = ClientIdentity.ofSender(request);
    RequestFingerprint sent = RequestFingerprint.of(request, "/orders");
    KeyedRequest entered = memory.enter(client, "orders", name, sent, 86_400, 0);
    if (entered.state() == State.FIRST) {
      entered.execution().done(request, client, null, null);
    }
    return entered;
  }

  private static HttpServletRequest request(String user) throws Exception {
    HttpServletRequest request = mock(HttpServletRequest.class, withSettings().stubOnly());
    when(request.getMethod()).thenReturn("POST");
    when(request.getProtocol()).thenReturn("HTTP/1.1");
    when(request.getRemoteUser()).thenReturn(user);
    when(request.getHeaderNames()).thenAnswer(call -> Collections.enumeration(List.of()));
    when(request.getHeaders("Authorization"))
        .thenAnswer(call -> Collections.enumeration(List.of()));
    return DigestedRequest.of(request, FormLimits.DEFAULT);
  }
}
