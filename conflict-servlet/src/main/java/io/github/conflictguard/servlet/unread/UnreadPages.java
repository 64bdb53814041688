package io.github.conflictguard.servlet.unread;

import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The pages that were served to each client in mode {@code observe}, and are not parsed before the
 * client sends a form: most pages are never followed by one. When the memory is full, the oldest
 * pages are parsed as long as that takes next to no time, and dropped otherwise.
 *
 * <p>The pages of a client are parsed in the order in which they were served. Bounded, shared
 * fairly between clients, and thread-safe.
 */
public final class UnreadPages {

  private static final Logger LOG = Logger.getLogger(UnreadPages.class.getName());

  /** The maximum number of clients of which it is known that a page was dropped. */
  private static final int MOST_INCOMPLETE = 16 * 1024;

  /** The part of the memory that a single page may have. */
  private static final int LONGEST_SHARE = 4;

  private static final int MONITORS = 64;

  private final Object[] monitors = new Object[MONITORS];
  private final BoundedMap<UnreadPage, UnreadPage> memory;
  private final TextChunks chunks;
  private final int longest;

  /** The pages that were evicted by the present call of {@link #add}. */
  private final List<UnreadPage> evicted = new ArrayList<>();

  /** For each client of which a page was dropped, how many pages it was served since. */
  private final BoundedMap<String, Integer> incomplete =
      new BoundedMap<>(MOST_INCOMPLETE, count -> 1);

  private final int mostOpen;
  private final SpareTime spare;
  private final Map<String, Deque<UnreadPage>> byClient = new HashMap<>();

  /**
   * Creates an empty memory.
   *
   * @param most the maximum number of bytes
   * @param mostOpen the number of pages after which an older one of the same client counts as
   *     closed
   * @param spare limits the time for pages that are parsed only because the memory is full
   */
  public UnreadPages(long most, int mostOpen, SpareTime spare) {
    this.mostOpen = mostOpen;
    Arrays.setAll(monitors, place -> new Object());
    this.memory = new BoundedMap<>(most, UnreadPage::size, evicted::add);
    this.longest = (int) (most / LONGEST_SHARE);
    this.chunks = new TextChunks(longest, most / 2);
    this.spare = spare;
  }

  /** Returns the empty text of a page that is to be added when it is complete. */
  PageText newText() {
    return new PageText(chunks, longest);
  }

  /** Adds a page that has been served completely. */
  public void add(UnreadPage page) {
    String share = page.client().share();
    boolean hasTime = spare.hasTime();
    List<UnreadPage> surplus = Collections.emptyList();
    synchronized (this) {
      forgetDropped(page.client(), share);
      byClient.computeIfAbsent(page.client().viewer(), name -> new ArrayDeque<>()).add(page);
      memory.put(share, page, page);
      if (!evicted.isEmpty()) {
        surplus = new ArrayList<>(evicted);
        evicted.clear();
      }
      if (!hasTime) {
        // In one turn with the rest: all pages of all clients pass here.
        surplus.removeIf(each -> !forget(each));
      }
    }
    for (UnreadPage each : surplus) {
      if (!hasTime) {
        each.drop();
      } else if (!spare.run(() -> readInTurn(each))) {
        drop(each);
      }
    }
  }

  private void readInTurn(UnreadPage page) {
    synchronized (monitorOf(page.client())) {
      // It may have been parsed by now.
      if (take(page)) {
        read(page);
      }
    }
  }

  private void drop(UnreadPage page) {
    if (forget(page)) {
      page.drop();
    }
  }

  /** Removes a page whose forms will not be known. Returns whether it was still there. */
  private synchronized boolean forget(UnreadPage page) {
    boolean taken = take(page);
    if (taken) {
      incomplete.put(page.client().share(), page.client().viewer(), 0);
    }
    return taken;
  }

  /** Parses all pages that were served to a client. */
  public void readAll(ClientIdentity client) {
    synchronized (monitorOf(client)) {
      for (UnreadPage next = first(client); next != null; next = first(client)) {
        if (take(next)) {
          read(next);
        }
      }
    }
  }

  /** Returns whether none of the most recent pages of a client was dropped. */
  public boolean isComplete(ClientIdentity client) {
    return incomplete.get(client.viewer()) == null;
  }

  private void forgetDropped(ClientIdentity client, String share) {
    if (incomplete.weight() == 0) {
      return;
    }
    Integer since = incomplete.get(client.viewer());
    if (since != null && since >= mostOpen) {
      incomplete.remove(client.viewer());
    } else if (since != null) {
      incomplete.put(share, client.viewer(), since + 1);
    }
  }

  /** Returns the sum of the sizes of all pages. */
  long size() {
    return memory.weight();
  }

  private static void read(UnreadPage page) {
    try {
      page.read();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The forms of a page cannot be observed", e);
    }
  }

  private synchronized @Nullable UnreadPage first(ClientIdentity client) {
    Deque<UnreadPage> pages = byClient.get(client.viewer());
    return pages == null ? null : pages.peek();
  }

  /** Removes a page. Returns whether it was still there. */
  private synchronized boolean take(UnreadPage page) {
    String viewer = page.client().viewer();
    Deque<UnreadPage> pages = byClient.get(viewer);
    // Almost always the first one.
    boolean taken = pages != null && pages.remove(page);
    if (pages != null && pages.isEmpty()) {
      byClient.remove(viewer);
    }
    memory.remove(page);
    return taken;
  }

  private Object monitorOf(ClientIdentity client) {
    return monitors[Math.floorMod(client.viewer().hashCode(), MONITORS)];
  }
}
