package io.github.conflictguard.servlet.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathVariablesTest {

  @Test
  void isAMapLikeAnyOther() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Map<String, String> expected = new HashMap<>();
      Map<String, String> actual = new PathVariables();
      for (int j = random.nextInt(20); j >= 0; j--) {
        String name = "name" + random.nextInt(12);
        String value = String.valueOf(random.nextInt(3));
        assertEquals(expected.get(name), actual.get(name));
        assertEquals(expected.put(name, value), actual.put(name, value));
        assertEquals(expected.size(), actual.size());
        assertEquals(expected, actual);
        assertEquals(expected.hashCode(), actual.hashCode());
      }
      assertFalse(actual.containsKey("another"));
      assertEquals(expected.keySet(), actual.keySet());
    }
  }
}
