package io.github.conflictguard.servlet.form;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.fields.FormFingerprint;
import io.github.conflictguard.servlet.unread.PastWrites;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of each record that was shown to each client. A change that has bypassed the
 * filter makes a client's older pages stale as soon as a newer page has shown the change to the
 * client. A write that changed nothing visible to the client makes none of its pages stale.
 *
 * <p>The pages of one client never affect the forms of another one. The memory is bounded and
 * shared fairly between clients. An evicted entry can only cause a refusal: writes are recorded in
 * the {@link WriteCounters}, which evict nothing. Thread-safe.
 */
final class LatestFormStates {

  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int SIZE_OF_FORM = 256;
  private static final int SIZE_OF_CHANGE = 256;

  private final PastWrites writes;
  private final BoundedMap<String, Served> forms =
      new BoundedMap<>(MOST_BYTES, served -> SIZE_OF_FORM + served.shown.size());
  private final BoundedMap<String, Long> changes =
      new BoundedMap<>(MOST_BYTES / 4, time -> SIZE_OF_CHANGE);

  LatestFormStates(PastWrites writes) {
    this.writes = writes;
  }

  /**
   * Records what a page has shown.
   *
   * @param form the number of the form of a record
   * @param begin when the page began
   * @param end when the page had been served
   * @param except fields that change from page to page
   */
  synchronized void served(
      ClientIdentity client,
      ResourceKey key,
      long form,
      long begin,
      long end,
      FormFingerprint shown,
      LongPredicate except) {
    String name = name(client, form);
    Served last = forms.get(name);
    if (last != null
        && writes.isCurrent(key, Math.min(last.begin, begin), end)
        && shown.contradicts(last.shown, except)) {
      // Either of two concurrently generated pages may show the newer state.
      changes.put(
          client.share(),
          name(client, key),
          Math.max(begin > last.end ? begin : end, changedAt(client, key)));
    }
    if (last == null || begin > last.begin) {
      forms.put(client.share(), name, new Served(begin, end, shown));
    }
  }

  /**
   * Returns what the previous page has shown, if the record was not written since.
   *
   * @param begin when the page began that is compared with it
   * @param end when that page had been served
   */
  synchronized @Nullable FormFingerprint comparable(
      ClientIdentity client, ResourceKey key, long form, long begin, long end) {
    Served last = forms.get(name(client, form));
    return last != null
            && begin > last.end
            && writes.isCurrent(key, Math.min(last.begin, begin), end)
        ? last.shown
        : null;
  }

  /**
   * Returns whether the state that was shown to this client at a time may still be current, judging
   * by the pages shown since.
   */
  boolean isCurrent(ClientIdentity client, ResourceKey key, long time) {
    return changedAt(client, key) <= time;
  }

  /**
   * Returns whether the newest page of this client shows that the record is unchanged in spite of
   * all writes since. A form without visible fields proves nothing.
   */
  synchronized boolean isUnchanged(
      ClientIdentity client,
      ResourceKey key,
      long form,
      FormFingerprint then,
      LongPredicate except) {
    Served last = forms.get(name(client, form));
    return last != null
        && then.isShowing()
        && writes.isCurrent(key, last.begin)
        && last.shown.isSameAs(then, except);
  }

  private long changedAt(ClientIdentity client, ResourceKey key) {
    Long changed = changes.get(name(client, key));
    return changed == null ? Long.MIN_VALUE : changed;
  }

  private static String name(ClientIdentity client, @Nullable Object what) {
    return client.viewer() + ' ' + what;
  }

  private static final class Served {

    final long begin;
    final long end;
    final FormFingerprint shown;

    Served(long begin, long end, FormFingerprint shown) {
      this.begin = begin;
      this.end = end;
      this.shown = shown;
    }
  }
}
