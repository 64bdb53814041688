package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.resource.WaiterLimit;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The most recently submitted forms and their responses. A second click, a reload, and a form that
 * is submitted again from the browser's history receive the first response, and nothing is executed
 * twice. Other content under the same id is a separate submission, and so is the same content from
 * another client.
 *
 * <p>The execution of a form is stored longer than its response: without the response a second
 * click is refused. Both memories are bounded and shared fairly between clients. Thread-safe.
 */
public final class SubmittedForms {

  /** The size of an executed form without its response, in bytes. */
  private static final int SIZE_OF_RECORD = 512;

  private final long limit;
  private final WaiterLimit waiters;
  private final Map<String, Entry> running = new HashMap<>();
  private final BoundedMap<String, Done> done;
  private final BoundedMap<String, RecordedAnswer> answers;

  /**
   * Creates a memory.
   *
   * @param limit its capacity for responses in bytes, and the same for executed forms; with 0 no
   *     form is ever treated as a repetition
   * @param waiters limits the threads that wait for the first of several submissions
   */
  public SubmittedForms(long limit, WaiterLimit waiters) {
    this.limit = limit;
    this.waiters = waiters;
    this.done = new BoundedMap<>(limit, form -> SIZE_OF_RECORD);
    this.answers = new BoundedMap<>(limit, RecordedAnswer::size);
  }

  /**
   * Enters a submission. An identical one waits until the first is done.
   *
   * @param client that submits it
   * @param id of one form on one page
   * @param content distinguishes two submissions of the form
   * @return null when the first one is still not done after that time, or too many wait
   */
  public synchronized @Nullable Submission enter(
      ClientIdentity client, String id, String content, long patienceMillis)
      throws InterruptedException {
    String key = key(client, id);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    for (Entry first = running.get(key); first != null; first = running.get(key)) {
      Entry awaited = first;
      if (!awaited.waiting.until(() -> running.get(key) != awaited, this, waiters, end)) {
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

  /**
   * Records that a form was executed.
   *
   * @param answer null when it was too long to be stored
   */
  synchronized void done(
      Entry entry, ClientIdentity after, long page, @Nullable RecordedAnswer answer) {
    running.remove(key(entry.client, entry.id));
    List<ClientIdentity> entitled = ClientIdentity.entitled(entry.client, after);
    for (ClientIdentity client : entitled) {
      remember(client, entry, page, answer);
    }
    if (!entitled.contains(entry.client)) {
      // A second click from before the login or logout: neither executed nor shown the response.
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
    done.put(client.share(), key, new Done(entry.content, page));
    if (answer == null) {
      answers.remove(key);
    } else {
      answers.put(client.share(), key, answer);
    }
  }

  private void forget(String key) {
    done.remove(key);
    answers.remove(key);
  }

  private static String key(ClientIdentity client, String id) {
    return client.key() + ' ' + id;
  }

  /**
   * A form that is being executed, and the number of threads that wait for it. Guarded by the
   * memory.
   */
  static final class Entry {

    final ClientIdentity client;
    final String id;
    final String content;
    final Waiting waiting = new Waiting();

    Entry(ClientIdentity client, String id, String content) {
      this.client = client;
      this.id = id;
      this.content = content;
    }
  }

  /** An executed form. Immutable. */
  private static final class Done {

    final String content;
    final long page;

    Done(String content, long page) {
      this.content = content;
      this.page = page;
    }
  }
}
