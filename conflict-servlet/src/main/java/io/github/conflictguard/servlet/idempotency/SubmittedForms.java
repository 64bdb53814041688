package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.FairMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The forms that were sent last, with their answers: so that a second click, a reload and a form
 * that is sent again from the browser's history get the answer of the first time, and nothing
 * happens twice. Other content under the same id is something else that is wanted, and the same
 * from another client is another submission.
 *
 * <p>That a form was carried out is remembered longer than its answer: without the answer a second
 * click is refused. Both memories are bounded and shared fairly among clients. Safe for use by
 * several threads.
 */
public final class SubmittedForms {

  /** What a form that was carried out takes without its answer, in bytes. */
  private static final int SIZE_OF_RECORD = 512;

  private final long limit;
  private final WaiterLimit waiters;
  private final Map<String, Entry> running = new HashMap<>();
  private final FairMemory<Done> done;
  private final FairMemory<RecordedAnswer> answers;

  /**
   * Makes a memory.
   *
   * @param limit how many bytes of answers it holds, and as many of what was carried out; with 0 no
   *     form is ever taken for the same
   * @param waiters how many threads may wait for the first of several
   */
  public SubmittedForms(long limit, WaiterLimit waiters) {
    this.limit = limit;
    this.waiters = waiters;
    this.done = new FairMemory<>(limit);
    this.answers = new FairMemory<>(limit);
  }

  /**
   * A form comes in. The same one waits until the first is done.
   *
   * @param client that sends it
   * @param id of one form on one page
   * @param content what tells two fillings of the form apart
   * @return null when the first one is still not done after that time, or too many wait
   */
  public synchronized @Nullable Submission enter(
      ClientIdentity client, String id, String content, long patienceMillis)
      throws InterruptedException {
    String key = key(client, id);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    for (Entry first = running.get(key); first != null; first = running.get(key)) {
      if (!await(key, first, end)) {
        return null;
      }
    }
    Done before = done.get(key);
    if (before != null && before.content.equals(content)) {
      return Submission.again(before.page, answers.get(key));
    }
    if (limit == 0) {
      return Submission.first(this, null);
    }
    Entry begun = new Entry(client, id, content);
    forget(key);
    running.put(key, begun);
    return Submission.first(this, begun);
  }

  /** Returns false when the time runs out, or too many wait already. */
  private synchronized boolean await(String key, Entry entry, long end)
      throws InterruptedException {
    if (entry.waiting >= waiters.forOne() || !waiters.enter()) {
      return false;
    }
    entry.waiting++;
    try {
      while (running.get(key) == entry) {
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
   * Notes that a form was carried out.
   *
   * @param answer null when it was too long to be remembered
   */
  synchronized void done(
      Entry entry, ClientIdentity after, long page, @Nullable RecordedAnswer answer) {
    running.remove(key(entry.client, entry.id));
    List<ClientIdentity> entitled = ClientIdentity.entitled(entry.client, after);
    for (ClientIdentity client : entitled) {
      remember(client, entry, page, answer);
    }
    if (!entitled.contains(entry.client)) {
      // A second click from before the login or logout: neither carried out nor shown the answer.
      remember(entry.client, entry, page, null);
    }
    notifyAll();
  }

  /** Discards an entry, so that the next identical submission is carried out. */
  synchronized void failed(Entry entry) {
    running.remove(key(entry.client, entry.id));
    notifyAll();
  }

  private void remember(
      ClientIdentity client, Entry entry, long page, @Nullable RecordedAnswer answer) {
    String key = key(client, entry.id);
    done.put(client.share(), key, new Done(entry.content, page), SIZE_OF_RECORD);
    if (answer == null) {
      answers.remove(key);
    } else {
      answers.put(client.share(), key, answer, answer.size());
    }
  }

  private void forget(String key) {
    done.remove(key);
    answers.remove(key);
  }

  private static String key(ClientIdentity client, String id) {
    return client.key() + ' ' + id;
  }

  /** One form that is being carried out, and how many wait for it. Guarded by the memory. */
  static final class Entry {

    final ClientIdentity client;
    final String id;
    final String content;
    int waiting;

    Entry(ClientIdentity client, String id, String content) {
      this.client = client;
      this.id = id;
      this.content = content;
    }
  }

  /** One form that was carried out. Immutable. */
  private static final class Done {

    final String content;
    final long page;

    Done(String content, long page) {
      this.content = content;
      this.page = page;
    }
  }
}
