package io.github.conflictguard.servlet.unread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.response.Clients;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnreadPagesTest {

  private static final ClientIdentity ADA = Clients.of("a");
  private static final ClientIdentity BOB = Clients.of("b");
  private static final long MOST = 100_000;
  private static final int OPEN = 16;

  private final List<String> read = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final UnreadPages pages = new UnreadPages(MOST, OPEN, new SpareTime(clock::get));

  @Test
  void pagesAreParsedWhenTheirClientSendsAFormAndInTheirOrder() {
    pages.add(page(ADA, "a1", 10));
    pages.add(page(BOB, "b1", 10));
    pages.add(page(ADA, "a2", 10));
    assertEquals(List.of(), read);
    pages.readAll(ADA);
    assertEquals(List.of("a1", "a2"), read);
    pages.readAll(ADA);
    pages.readAll(BOB);
    assertEquals(List.of("a1", "a2", "b1"), read);
    assertEquals(0, pages.size());
  }

  @Test
  void whereTheMemoryIsFullTheOldestPageIsParsed() {
    pages.add(page(ADA, "a1", 60_000));
    pages.add(page(ADA, "a2", 60_000));
    assertEquals(List.of("a1"), read);
    assertTrue(pages.isComplete(ADA));
    pages.readAll(ADA);
    assertEquals(List.of("a1", "a2"), read);
  }

  @Test
  void pageForWhichThereIsNoTimeIsDroppedAndItsClientIsIncomplete() {
    useUpTime();
    pages.add(page(ADA, "a1", 60_000));
    pages.add(page(ADA, "a2", 60_000));
    pages.readAll(ADA);
    assertEquals(List.of("a2"), read);
    assertFalse(pages.isComplete(ADA));
    assertTrue(pages.isComplete(BOB));
  }

  @Test
  void pageThatIsTooLargeForTheMemoryIsParsedAtOnceOrDropped() {
    pages.add(page(ADA, "a1", 200_000));
    assertEquals(List.of("a1"), read);
    useUpTime();
    pages.add(page(ADA, "a2", 200_000));
    assertEquals(List.of("a1"), read);
    assertFalse(pages.isComplete(ADA));
    assertEquals(0, pages.size());
  }

  @Test
  void aClientIsCompleteAgainAfterSoManyPagesAsAreRememberedOfOneRecord() {
    useUpTime();
    pages.add(page(ADA, "large", 200_000));
    for (int i = 0; i < OPEN; i++) {
      pages.add(page(ADA, "a" + i, 10));
      assertFalse(pages.isComplete(ADA));
    }
    pages.add(page(ADA, "last", 10));
    assertTrue(pages.isComplete(ADA));
  }

  @Test
  void manyPagesOfOneClientEvictNoneOfAnother() {
    pages.add(page(ADA, "mine", 10_000));
    useUpTime();
    for (int i = 0; i < 1000; i++) {
      pages.add(page(BOB, "theirs", 10_000));
      assertTrue(pages.size() <= MOST);
    }
    pages.readAll(ADA);
    assertEquals(List.of("mine"), read);
    assertTrue(pages.isComplete(ADA));
    assertFalse(pages.isComplete(BOB));
  }

  @Test
  void timeForPagesThatWouldBeDroppedGrowsWithTimeThatPasses() {
    SpareTime spare = new SpareTime(clock::get);
    assertTrue(spare.run(() -> clock.addAndGet(100_000_000)));
    assertFalse(spare.run(() -> {}));
    clock.addAndGet(5_000_000_000L);
    assertFalse(spare.run(() -> {}));
    clock.addAndGet(1_000_000_000L);
    assertTrue(spare.run(() -> {}));
  }

  @Test
  void pageThatCannotBeReadDoesNotHideTheNextOne() {
    pages.add(
        new UnreadPage(
            ADA,
            text("x"),
            () -> {
              throw new IllegalStateException("cannot be read");
            }));
    pages.add(page(ADA, "next", 10));
    pages.readAll(ADA);
    assertEquals(List.of("next"), read);
  }

  @Test
  void everyPageIsParsedOnceHoweverManyThreadsAddAndRead() throws Exception {
    UnreadPages shared = new UnreadPages(10_000_000, OPEN, new SpareTime(() -> 0));
    AtomicInteger count = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      ClientIdentity client = t % 2 == 0 ? ADA : BOB;
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  shared.add(
                      new UnreadPage(client, text("x"), () -> new Reader(count::incrementAndGet)));
                  if (i % 7 == 0) {
                    shared.readAll(client);
                  }
                }
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    threads.shutdown();
    shared.readAll(ADA);
    shared.readAll(BOB);
    assertEquals(2000, count.get());
    assertEquals(0, shared.size());
  }

  @Test
  void onePageAtATimeIsParsedBecauseTheMemoryIsFull() {
    SpareTime spare = new SpareTime(clock::get);
    assertTrue(spare.run(() -> assertFalse(spare.run(() -> {}))));
    assertTrue(spare.run(() -> {}));
  }

  private void useUpTime() {
    UnreadPage slow =
        new UnreadPage(
            BOB,
            text("x".repeat((int) MOST)),
            () -> {
              clock.addAndGet(1_000_000_000L);
              return new Reader(() -> {});
            });
    pages.add(slow);
  }

  private UnreadPage page(ClientIdentity client, String name, int length) {
    return new UnreadPage(client, text("x".repeat(length)), () -> new Reader(() -> read.add(name)));
  }

  private static PageText text(String content) {
    PageText text = new PageText(new TextChunks(0, 0), Integer.MAX_VALUE);
    text.append(content, 0, content.length());
    text.complete();
    return text;
  }

  private static final class Reader implements BodyRewriter {

    private final Runnable ended;

    Reader(Runnable ended) {
      this.ended = ended;
    }

    @Override
    public void rewrite(CharSequence part, StringBuilder out) {
      out.append(part);
    }

    @Override
    public void end(StringBuilder out) {
      ended.run();
    }

    @Override
    public void giveUp(StringBuilder out) {
      throw new AssertionError();
    }
  }
}
