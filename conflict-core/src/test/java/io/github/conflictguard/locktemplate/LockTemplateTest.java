package io.github.conflictguard.locktemplate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.GuardPolicy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key a template names, and what is said of one that names none. */
public class LockTemplateTest {

  /** As an application has them: with getters, and with public fields. */
  public static class Order {

    public final String area = "north";
    private final Customer customer = new Customer(7L);

    public Customer getCustomer() {
      return customer;
    }

    public boolean isOpen() {
      return true;
    }

    public Order getNothing() {
      return null;
    }

    public String getBroken() {
      throw new IllegalStateException("not loaded");
    }

    public void clear() {
      throw new AssertionError();
    }

    public static Order proxied() {
      return new Order() {
        @Override
        public boolean isOpen() {
          return super.isOpen();
        }
      };
    }
  }

  private record Customer(Long id) {}

  @ParameterizedTest
  @CsvSource({
    "order, order",
    "order/{0}, order/5",
    "{0}{1.area}, 5north",
    "{1.customer.id}, 7",
    "{1.open}, true",
    "order/{{0}}/{0}, order/{0}/5",
    "}}{{, }{",
    "{{{0}}}, {5}",
    "{2.key}, value",
    "{3}, SECONDS",
    "{4}, 00000000-0000-0001-0000-000000000002",
    "{this.customer.id}, 7"
  })
  void aTemplateNamesAKey(String template, String key) {
    Object[] arguments = {
      5, Order.proxied(), Map.of("key", "value"), TimeUnit.SECONDS, new UUID(1, 2)
    };
    assertEquals(
        key, LockTemplate.parse(template).keyFor(new Order(), arguments, "Orders#save(Order)"));
  }

  @Test
  void numbersOfAnyTypeAndTextNameTheSameKey() {
    LockTemplate template = LockTemplate.parse("order/{0}");
    for (Object id : new Object[] {7, 7L, (short) 7, "7", new StringBuilder("7")}) {
      assertEquals("order/7", template.keyFor(null, new Object[] {id}, "h"));
    }
  }

  @Test
  void aGetterOfAClassThatIsNotPublicIsRead() {
    Map.Entry<String, Integer> entry =
        Collections.singletonMap("a", 1).entrySet().iterator().next();
    assertEquals("a", LockTemplate.parse("{0.key}").keyFor(null, new Object[] {entry}, "h"));
    List<Integer> list = Arrays.asList(1, 2);
    assertEquals("false", LockTemplate.parse("{0.empty}").keyFor(null, new Object[] {list}, "h"));
  }

  @ParameterizedTest
  @CsvSource({
    "{0}, {0} is null",
    "{0.id}, {0} is null",
    "{1.nothing}, {1.nothing} is null",
    "{1.nothing.area}, {1.nothing} is null",
    "{2.missing}, {2.missing} is null",
    "{1.colour}, the property 'colour'",
    "{1.broken}, the property 'broken'",
    "{1.clear}, the property 'clear'",
    "{1}, name a property of it",
    "{3}, name a property of it",
    "{9}, there is no argument {9}",
    "{name}, there is no argument {name}"
  })
  void aReferenceThatLeadsToNothingIsNamedTogetherWithTheHandler(String template, String said) {
    Object[] arguments = {null, new Order(), new HashMap<>(), new int[0]};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> LockTemplate.parse(template).keyFor(null, arguments, "Orders#save(Order)"))
            .getMessage();
    assertTrue(
        message.startsWith("The lock '" + template + "' of Orders#save(Order) cannot be named: "),
        message);
    assertTrue(message.contains(said), message);
  }

  @Test
  void theFailureOfAGetterIsTheCause() {
    Throwable thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> LockTemplate.parse("{0.broken}").keyFor(null, new Object[] {new Order()}, "h"));
    assertInstanceOf(IllegalStateException.class, thrown.getCause().getCause());
  }

  @Test
  void whatHasATextOfItsOwnNamesAKey() {
    Date date = new Date(0);
    assertEquals(date.toString(), LockTemplate.parse("{0}").keyFor(null, new Object[] {date}, "h"));
  }

  private record Key(String name, Object part) {}

  /** Shows only what identifies it. */
  private record Shown(String name, Object part) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** As containers write requests. */
  private static final class Request {

    @Override
    public String toString() {
      return "GET /x@" + Integer.toHexString(System.identityHashCode(this));
    }
  }

  @Test
  void aTextThatContainsAnIdentityNamesNoKey() {
    Object plain = new Object();
    for (Object value :
        new Object[] {
          List.of("a", plain),
          Map.of("a", plain),
          Map.entry(plain, "a"),
          new Key("a", plain),
          new Key("a", List.of(Optional.of(new Key("b", new int[0])))),
          Optional.of(plain),
          Optional.of(List.of(plain)),
          new Request()
        }) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> LockTemplate.parse("{0}").keyFor(null, new Object[] {value}, "h"))
              .getMessage();
      assertTrue(message.contains("; name a property of it"), message);
    }
  }

  @Test
  void aTextWithoutIdentityNamesAKeyWhateverItIsMadeOf() {
    Object[][] all = {
      {List.of("joe@bad.com", 7), "[joe@bad.com, 7]"},
      {Arrays.asList("a", null), "[a, null]"},
      {new Key("a@b", TimeUnit.DAYS), "Key[name=a@b, part=DAYS]"},
      {new Shown("a@b", new Object()), "a@b"},
      {Map.of(1, 2L), "{1=2}"}
    };
    for (Object[] each : all) {
      assertEquals(each[1], LockTemplate.parse("{0}").keyFor(null, new Object[] {each[0]}, "h"));
    }
  }

  @Test
  void anOptionalStandsForItsContent() {
    Object[] arguments = {Optional.of(7), Optional.of(new Order()), Optional.empty()};
    assertEquals("7 north", LockTemplate.parse("{0} {1.area}").keyFor(null, arguments, "h"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> LockTemplate.parse("{2.area}").keyFor(null, arguments, "h"))
            .getMessage();
    assertTrue(message.contains("{2} is an empty Optional"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{", "}", "a{0", "a}b", "{0}}", "{}", "{ 0}", "{0.}", "{.id}", "{-1}", "{01}", "{0.1}",
        "{a-b}", "{0[1]}"
      })
  void whatIsNoTemplateIsSaid(String template) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> LockTemplate.parse(template))
            .getMessage();
    assertTrue(message.startsWith("The lock '" + template + "' has "), message);
    assertTrue(message.contains("doubled") || message.contains("accepted are"), message);
  }

  @Test
  void anUnknownParameterIsSaidTogetherWithTheKnownOnes() {
    assertUnknown(
        "The lock 'order/{oid}' refers to {oid}, but there is no parameter 'oid'; there are {0} to"
            + " {1}, by name id, name",
        "order/{oid}", List.of("id", "name"), 2);
    assertUnknown(
        "The lock '{2.id}' refers to {2.id}, but there is no parameter '2'; there are {0} to {1}, by"
            + " name id, name",
        "{2.id}", List.of("id", "name"), 2);
    assertUnknown(
        "The lock '{id}' refers to {id}, but there is no parameter 'id'; there is {0}; names are"
            + " known in classes compiled with -parameters or -g alone",
        "{id}", List.of(), 1);
    assertUnknown(
        "The lock '{0}' refers to {0}, but there is no parameter '0'; there are none",
        "{0}", List.of(), 0);
  }

  private static void assertUnknown(
      String message, String template, List<String> names, int parameters) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> GuardPolicy.builder().lock(template, names, parameters))
            .getMessage());
  }
}
