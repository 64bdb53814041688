package io.github.conflictguard.servlet.unread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PageTextTest {

  private static final int MOST = 1024 * 1024;

  private final TextChunks memory = new TextChunks(MOST, MOST);

  @Test
  void textIsTheSameInHoweverManyPartsItWasWritten() {
    // Half a pair, characters of one byte and of two, in parts around the sizes of the arrays.
    String[] alphabet = {
      "a", "<", "\u00e9", "\u20ac", "\ud83d\ude00", "\ud800", "\udc00", "\uffff"
    };
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      PageText text = newText();
      StringBuilder expected = new StringBuilder();
      int parts = 1 + random.nextInt(12);
      for (int i = 0; i < parts; i++) {
        int kinds = random.nextBoolean() ? 3 : alphabet.length;
        int length = random.nextInt(random.nextBoolean() ? 20 : 3 * TextChunks.SIZE);
        StringBuilder part = new StringBuilder();
        while (part.length() < length) {
          part.append(alphabet[random.nextInt(random.nextInt(50) == 0 ? kinds : 2)]);
        }
        append(random, text, part.toString());
        expected.append(part);
      }
      text.complete();
      assertEquals(expected.toString(), contentOf(text), "seed " + seed);
      text.drop();
      assertEquals("", contentOf(text));
    }
  }

  private static void append(Random random, PageText text, String part) {
    assertTrue(text.makeRoom(part.length()));
    String around = "x" + part + "x";
    if (random.nextBoolean()) {
      text.append(around.toCharArray(), 1, part.length());
    } else if (random.nextBoolean() && part.chars().allMatch(c -> c < 0x100)) {
      text.append(around.getBytes(StandardCharsets.ISO_8859_1), 1, part.length());
    } else {
      text.append(around, 1, part.length());
    }
  }

  @Test
  void characterOfOneByteTakesOneByte() {
    PageText text = newText();
    text.append("x".repeat(100_000), 0, 100_000);
    text.complete();
    assertTrue(text.size() < 101_000);
  }

  @Test
  void memoryOfADroppedTextIsUsedForTheNextOne() {
    byte[] chunk = memory.take();
    memory.give(chunk);
    PageText text = newText();
    text.append(new byte[TextChunks.SIZE], 0, TextChunks.SIZE);
    text.complete();
    assertNotSame(chunk, memory.take());
    text.drop();
    assertSame(chunk, memory.take());
  }

  @Test
  void memoryOfAnAbandonedTextIsNotUsedAgain() {
    byte[] chunk = memory.take();
    memory.give(chunk);
    PageText text = newText();
    text.append(new byte[TextChunks.SIZE], 0, TextChunks.SIZE);
    text.abandon();
    text.drop();
    assertNotSame(chunk, memory.take());
  }

  @Test
  void whatIsWrittenAfterTheEndIsDropped() {
    for (boolean completed : new boolean[] {true, false}) {
      PageText text = newText();
      text.append("page", 0, 4);
      if (completed) {
        text.complete();
      } else {
        text.drop();
      }
      assertTrue(text.makeRoom(MOST - 4));
      assertEquals(0, memory.reserved(), "nothing would end the reservation");
      text.append("late", 0, 4);
      text.append("late".toCharArray(), 0, 4);
      text.append("late".getBytes(StandardCharsets.ISO_8859_1), 0, 4);
      assertEquals(completed ? "page" : "", contentOf(text));
    }
  }

  @Test
  void threadThatStillWritesDoesNotWriteToTheNextText() throws Exception {
    char[] late = "\u20ac".repeat(TextChunks.SIZE / 4).toCharArray();
    String mine = "x".repeat(TextChunks.SIZE / 2);
    AtomicReference<PageText> written = new AtomicReference<>(newText());
    AtomicBoolean ended = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              while (!ended.get()) {
                try {
                  written.get().append(late, 0, late.length);
                } catch (RuntimeException e) {
                  // Only what the other pages contain is compared.
                }
              }
            });
    worker.start();
    try {
      for (int i = 0; i < 20_000; i++) {
        PageText text = written.get();
        text.complete();
        text.drop();
        PageText next = newText();
        next.append(mine, 0, mine.length());
        next.complete();
        assertEquals(mine, contentOf(next), "page " + i);
        next.drop();
        written.set(newText());
      }
    } finally {
      ended.set(true);
      worker.join();
    }
  }

  @Test
  void longTextsThatAreBeingWrittenShareOneMemory() {
    int rest = MOST - PageText.SHORT;
    PageText first = newText();
    PageText second = newText();
    assertTrue(first.makeRoom(MOST));
    assertEquals(rest, memory.reserved());
    assertTrue(second.makeRoom(2 * PageText.SHORT));
    assertEquals(MOST, memory.reserved());
    PageText third = newText();
    assertTrue(third.makeRoom(PageText.SHORT));
    assertFalse(third.makeRoom(PageText.SHORT + 1));
    first.complete();
    assertTrue(third.makeRoom(PageText.SHORT + 1));
    second.abandon();
    third.abandon();
    assertEquals(0, memory.reserved());
  }

  @Test
  void textHasNoRoomForMoreThanItsMaximum() {
    PageText text = newText();
    assertFalse(text.makeRoom(MOST + 1));
    text.append("x", 0, 1);
    assertFalse(text.makeRoom(MOST));
    assertTrue(text.makeRoom(MOST - 1));
  }

  private PageText newText() {
    return new PageText(memory, MOST);
  }

  private static String contentOf(PageText text) {
    StringBuilder content = new StringBuilder();
    text.read(content::append);
    return content.toString();
  }
}
