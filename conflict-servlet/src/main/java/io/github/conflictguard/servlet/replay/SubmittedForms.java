package io.github.conflictguard.servlet.replay;

import io.github.conflictguard.resource.WaiterLimit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The forms that were sent last, with their answers: so that a second click, a reload and a form
 * that is sent again from the browser's history get the answer of the first time, and nothing
 * happens twice. Other content under the same id is something else that is wanted.
 *
 * <p>The memory is bounded; the oldest are forgotten first. Safe for use by several threads.
 */
public final class SubmittedForms {

  /** Without its answer an entry takes about this many bytes. */
  private static final int SIZE_OF_ENTRY = 512;

  private final long limit;
  private final WaiterLimit waiters;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long size;

  /**
   * Makes a memory.
   *
   * @param limit how much it holds, in bytes; with 0 no form is ever taken for the same
   * @param waiters how many threads may wait for the first of several
   */
  public SubmittedForms(long limit, WaiterLimit waiters) {
    this.limit = limit;
    this.waiters = waiters;
  }

  /**
   * A form comes in. The same one waits until the first is done.
   *
   * @param id of one form on one page
   * @param content what tells two fillings of the form apart
   * @return null when the first one is still not done after that time, or too many wait
   */
  public synchronized @Nullable Submission enter(String id, String content, long patienceMillis)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    Entry entry = entries.get(id);
    while (entry != null && entry.running) {
      if (!await(entry, end)) {
        return null;
      }
      entry = entries.get(id);
    }
    if (entry != null && entry.content.equals(content)) {
      return Submission.again(entry.page, entry.answer);
    }
    if (limit == 0) {
      return Submission.first(this, null);
    }
    Entry begun = new Entry(id, content);
    forget(entries.remove(id));
    entries.put(id, begun);
    size += begun.size();
    return Submission.first(this, begun);
  }

  /** Returns false when the time runs out, or too many wait already. */
  private synchronized boolean await(Entry entry, long end) throws InterruptedException {
    if (entry.waiting >= waiters.forOne() || !waiters.enter()) {
      return false;
    }
    entry.waiting++;
    try {
      while (entry.running) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } finally {
      entry.waiting--;
      waiters.leave();
    }
  }

  /**
   * The first one is done.
   *
   * @param answer null when it was too long to be remembered
   */
  synchronized void done(Entry entry, long page, @Nullable RecordedAnswer answer) {
    entry.running = false;
    if (entries.get(entry.id) == entry) {
      size -= entry.size();
      entry.page = page;
      entry.answer = answer;
      size += entry.size();
      for (Iterator<Entry> eldest = entries.values().iterator();
          size > limit && eldest.hasNext(); ) {
        Entry oldest = eldest.next();
        if (!oldest.running) {
          forget(oldest);
          eldest.remove();
        }
      }
    }
    notifyAll();
  }

  /** Nothing has come of the first one. */
  synchronized void failed(Entry entry) {
    entry.running = false;
    if (entries.remove(entry.id, entry)) {
      forget(entry);
    }
    notifyAll();
  }

  private void forget(@Nullable Entry entry) {
    if (entry != null) {
      size -= entry.size();
    }
  }

  /** One form that was sent. Guarded by the memory. */
  static final class Entry {

    final String id;
    final String content;
    boolean running = true;
    int waiting;
    long page;
    @Nullable RecordedAnswer answer;

    Entry(String id, String content) {
      this.id = id;
      this.content = content;
    }

    int size() {
      return SIZE_OF_ENTRY + (answer == null ? 0 : answer.size());
    }
  }
}
