package io.github.conflictguard.servlet.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedMapTest {

  private final BoundedMap<String, String> two = new BoundedMap<>(2, value -> 1);
  private final BoundedMap<String, String> weighed = new BoundedMap<>(10, String::length);

  @Test
  void oldestEntryIsEvicted() {
    two.put("a", "1");
    two.put("b", "2");
    two.put("c", "3");
    assertNull(two.get("a"));
    assertEquals("2", two.get("b"));
    assertEquals("3", two.get("c"));
    assertEquals(2, two.weight());
  }

  @Test
  void entryThatIsPutAgainIsTheNewest() {
    assertNull(two.put("a", "1"));
    two.put("b", "2");
    assertEquals("1", two.put("a", "3"));
    two.put("c", "4");
    assertNull(two.get("b"));
    assertEquals("3", two.get("a"));
  }

  @Test
  void entryThatIsUsedIsTheNewest() {
    two.put("a", "1");
    two.put("b", "2");
    assertEquals("1", two.use("a"));
    assertNull(two.use("none"));
    two.put("c", "3");
    assertNull(two.get("b"));
    assertEquals("1", two.get("a"));
  }

  @Test
  void entryThatIsLookedUpKeepsItsAge() {
    two.put("a", "1");
    two.put("b", "2");
    assertEquals("1", two.get("a"));
    two.put("c", "3");
    assertNull(two.get("a"));
  }

  @Test
  void valueAboveTheLimitIsNotStoredAndRemovesThePreviousOne() {
    weighed.put("other", "12345");
    weighed.put("a", "1");
    assertEquals("1", weighed.put("a", "12345678901"));
    assertNull(weighed.get("a"));
    assertEquals("12345", weighed.get("other"));
    assertEquals(5, weighed.weight());
  }

  @Test
  void nothingIsStoredWithLimitZero() {
    BoundedMap<String, String> none = new BoundedMap<>(0, value -> 1);
    assertNull(none.put("a", "1"));
    assertNull(none.get("a"));
    assertEquals(0, none.weight());
  }

  @Test
  void removedEntryLeavesNoWeight() {
    weighed.put("client", "a", "123");
    assertEquals("123", weighed.remove("a"));
    assertNull(weighed.remove("a"));
    assertEquals(0, weighed.weight());
  }

  @Test
  void clientWithTheLargestShareLosesItsOldestEntry() {
    weighed.put("small", "s", "1234");
    weighed.put("large", "l1", "123");
    weighed.put("large", "l2", "123");
    weighed.put("third", "t", "12");
    assertNull(weighed.get("l1"));
    assertNotNull(weighed.get("s"));
    assertNotNull(weighed.get("l2"));
    assertNotNull(weighed.get("t"));
  }

  @Test
  void floodOfOneClientEvictsNothingOfOthers() {
    weighed.put("quiet", "q", "12345");
    for (int i = 0; i < 10_000; i++) {
      weighed.put("loud", "l" + i, "1");
    }
    assertEquals("12345", weighed.get("q"));
    assertEquals("1", weighed.get("l9999"));
    assertEquals(10, weighed.weight());
  }

  @Test
  void entryMovesToTheClientThatPutsIt() {
    weighed.put("first", "k", "12345");
    weighed.put("second", "k", "123456");
    weighed.put("first", "a", "1234");
    weighed.put("first", "b", "1");
    assertNull(weighed.get("k"), "the largest share is that of the second client");
    assertEquals("1234", weighed.get("a"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void behavesLikeAMapThatEvictsTheLeastRecentlyUsed(long seed) {
    Random random = new Random(seed);
    BoundedMap<Integer, Integer> bounded = new BoundedMap<>(20, value -> 1);
    Map<Integer, Integer> model =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > 20;
          }
        };
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(40);
      switch (random.nextInt(3)) {
        case 0 -> assertEquals(model.put(key, i), bounded.put(key, i));
        case 1 -> assertEquals(model.get(key), bounded.use(key));
        default -> assertEquals(model.remove(key), bounded.remove(key));
      }
      assertEquals(model.size(), bounded.weight());
    }
    new HashMap<>(model).forEach((key, value) -> assertEquals(value, bounded.get(key)));
  }
}
