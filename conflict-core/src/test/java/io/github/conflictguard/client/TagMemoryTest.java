package io.github.conflictguard.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagMemoryTest {

  private static final String URL = "http://h/a?b=1";

  private final TagMemory memory = new TagMemory(2);

  @ParameterizedTest
  @CsvSource({
    "GET, 200, '\"2\"', '\"2\"'",
    "GET, 200,,",
    "GET, 304, '\"2\"', '\"2\"'",
    "GET, 304,, '\"1\"'",
    "GET, 206, '\"2\"', '\"1\"'",
    "GET, 404, '\"2\"', '\"1\"'",
    "HEAD, 200, '\"2\"', '\"1\"'",
    "PUT, 204, '\"2\"', '\"2\"'",
    "PATCH, 200, '\"2\"', '\"2\"'",
    "PUT, 204,,",
    "PUT, 412, '\"2\"', '\"1\"'",
    "PUT, 409,, '\"1\"'",
    "PUT, 304, '\"2\"', '\"1\"'",
    "DELETE, 204,,",
    "POST, 201, '\"2\"',",
    "POST, 500, '\"2\"', '\"1\"'",
  })
  void tagIsThatOfTheStateWhichTheClientHasSeen(
      String method, int status, String tag, String expected) {
    memory.note("GET", URL, 200, "\"1\"");
    memory.note(method, URL, status, tag);
    assertEquals(expected, memory.tagOf(URL));
  }

  @Test
  void fragmentIsNoPartOfTheUrlAndTheQueryIs() {
    memory.note("GET", URL + "#top", 200, "\"1\"");
    assertEquals("\"1\"", memory.tagOf(URL + "#end"));
    assertNull(memory.tagOf("http://h/a"));
  }

  @Test
  void urlThatWasNotUsedForTheLongestTimeIsForgotten() {
    memory.note("GET", "a", 200, "\"a\"");
    memory.note("GET", "b", 200, "\"b\"");
    memory.tagOf("a");
    memory.note("GET", "c", 200, "\"c\"");
    assertEquals("\"a\"", memory.tagOf("a"));
    assertNull(memory.tagOf("b"));
    assertThrows(IllegalArgumentException.class, () -> new TagMemory(0));
  }
}
