package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.StatusProfile;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardPolicyTest {

  private static final SQLException DUPLICATE = new SQLException("m", "23505");

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "false", "a.b", "a b", "a/b", "<init>", "a;b"})
  void whatNamesNoMethodDoesNotRecover(String name) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> GuardPolicy.builder().recover(name));
    assertTrue(refused.getMessage().contains("names of methods"), refused.getMessage());
  }

  @Property(seed = "9457")
  void whatIsWrittenIsRead(
      @ForAll @IntRange(min = 2, max = 100) int attempts,
      @ForAll @LongRange(min = 0) long backoff,
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll @LongRange(min = 0) long budget,
      @ForAll @NotBlank String key,
      @ForAll @LongRange(min = 0) long timeout,
      @ForAll Set<ConflictKind> only,
      @ForAll Set<ConflictKind> except,
      @ForAll StatusProfile profile) {
    GuardPolicy policy =
        GuardPolicy.builder()
            .handler("com.example.Orders#save(Order)")
            .retry(attempts, backoff, Long.MAX_VALUE, jitter, budget)
            .lock(key)
            .lockTimeoutMillis(timeout)
            .only(only.toArray(new ConflictKind[0]))
            .except(except.toArray(new ConflictKind[0]))
            .statusProfile(profile)
            .recover("recover$1")
            .build();
    GuardPolicy read = PolicyCodec.read(policy.toString());

    assertEquals(policy.toString(), read.toString());
    assertEquals("recover$1", read.recover());
    assertEquals("recover$1", read.change().build().recover());
    assertNull(read.change().withoutRecover().build().recover());
    assertEquals(attempts, read.values.attempts);
    assertEquals(backoff, read.values.backoffMillis);
    assertEquals(jitter, read.values.jitter);
    assertEquals(budget, read.values.budgetMillis);
    assertEquals(timeout, read.values.lockTimeoutMillis);
    assertEquals(only, read.values.only);
    assertEquals(except, read.values.except);
    assertEquals(profile, read.values.statusProfile);
    assertEquals(key, read.values.lock.keyFor(null, new Object[0], "h"));
    for (ConflictKind kind : ConflictKind.values()) {
      assertEquals(
          (only.isEmpty() || only.contains(kind)) && !except.contains(kind), read.concerns(kind));
    }
  }

  @Test
  void theTextOfAPlainPolicyIsItsHandlerAlone() {
    assertEquals("handler=-", GuardPolicy.plain().toString());
    GuardPolicy read = PolicyCodec.read("handler=a#b()");
    assertEquals(1, read.attempts());
    assertNull(read.lock());
  }

  @Test
  void namesInALockBecomeNumbers() {
    GuardPolicy policy =
        GuardPolicy.builder().lock("order/{order.id}/{line}", List.of("line", "order"), 2).build();
    assertEquals("order/{1.id}/{0}", policy.lock());
    assertEquals("order/{1.id}/{0}", PolicyCodec.read(policy.toString()).lock());
  }

  @Test
  void fieldsOfANewerWeaverArePassedOver() {
    assertEquals("h", PolicyCodec.read("handler=h\ncolour=red\nnonsense").handler());
  }

  @Test
  void aConstantIsReadOnceAndNotMoreOfThemAreKeptThanAllowed() {
    String constant = "handler=GuardPolicyTest#constant";
    assertSame(PolicyCodec.policyOf(constant), PolicyCodec.policyOf(constant));
    for (int i = 0; i < PolicyCodec.CACHED; i++) {
      PolicyCodec.policyOf("handler=GuardPolicyTest#" + i);
    }
    String late = "handler=GuardPolicyTest#late";
    assertNotSame(PolicyCodec.policyOf(late), PolicyCodec.policyOf(late));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 0, 0, attempts '0'",
    "101, 1, 1, 0, 0, attempts '101'",
    "2, -1, 1, 0, 0, backoffMillis '-1'",
    "2, 2, 1, 0, 0, maxBackoffMillis '1'",
    "2, 1, 1, 1.1, 0, jitter '1.1'",
    "2, 1, 1, NaN, 0, jitter 'NaN'",
    "2, 1, 1, 0, -1, budgetMillis '-1'"
  })
  void aValueOutOfItsRangeIsNamed(
      int attempts, long backoff, long most, double jitter, long budget, String named) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> GuardPolicy.builder().retry(attempts, backoff, most, jitter, budget))
            .getMessage();
    assertTrue(message.startsWith(named.replace('"', '\'')), message);
    assertTrue(message.contains("accepted are"), message);
  }

  @Test
  void theHandlerAndTheStatusProfileGoAlong() {
    GuardPolicy policy =
        GuardPolicy.builder().handler("a#b()").statusProfile(StatusProfile.UNIFORM).build();
    ConflictException conflict =
        assertInstanceOf(ConflictException.class, new FailureHandling(policy).translate(DUPLICATE));
    assertEquals("a#b()", conflict.handler());
    assertEquals(StatusProfile.UNIFORM, conflict.statusProfile());
  }

  @Test
  void kindsThatAreNotMeantStayTheSameInstance() {
    GuardPolicy others = GuardPolicy.builder().only(ConflictKind.TRANSIENT).build();
    assertSame(DUPLICATE, new FailureHandling(others).translate(DUPLICATE));
    GuardPolicy but =
        GuardPolicy.builder()
            .only(ConflictKind.DUPLICATE_KEY)
            .except(ConflictKind.DUPLICATE_KEY)
            .build();
    assertSame(DUPLICATE, new FailureHandling(but).translate(DUPLICATE));
    assertFalse(but.concerns(ConflictKind.DUPLICATE_KEY));
  }

  @Test
  void aPolicyThatCannotBeReadNeverHidesTheException() {
    String broken = "handler=x\nretry=many";
    assertSame(DUPLICATE, WovenGuard.translate(DUPLICATE, broken));
    Object state = WovenGuard.failed(null, DUPLICATE, broken, null, 0, new Object[0]);
    assertFalse(WovenGuard.repeats(state));
    assertSame(DUPLICATE, WovenGuard.outcome(state));
    assertInstanceOf(IllegalArgumentException.class, WovenGuard.enter(broken, null, new Object[0]));
  }
}
