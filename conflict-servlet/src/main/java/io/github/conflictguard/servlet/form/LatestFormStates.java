package io.github.conflictguard.servlet.form;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.FairMemory;
import io.github.conflictguard.servlet.fields.FormFingerprint;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the newest pages have shown of each record to each client: so that a change that came
 * another way than through the filter makes a client's older pages stale as soon as a newer one has
 * shown it to them, and a write that changed nothing that they see makes none stale.
 *
 * <p>What one client was shown never decides about the form of another one. The memory is bounded
 * and shared fairly among clients. What is forgotten costs a refusal at most: writes are noted in
 * the {@link WriteCounters}, which forget nothing. Safe for use by several threads.
 */
final class LatestFormStates {

  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int SIZE_OF_CHANGE = 256;

  private final WriteCounters counters;
  private final FairMemory<Served> forms = new FairMemory<>(MOST_BYTES);
  private final FairMemory<Long> changes = new FairMemory<>(MOST_BYTES / 4);

  LatestFormStates(WriteCounters counters) {
    this.counters = counters;
  }

  /**
   * Notes what a page has shown.
   *
   * @param form the form of a record, as a number
   * @param begin when the page began
   * @param except fields that change from page to page
   */
  synchronized void served(
      ClientIdentity client,
      ResourceKey key,
      long form,
      long begin,
      FormFingerprint shown,
      LongPredicate except) {
    long end = counters.tick();
    String name = name(client, form);
    Served last = forms.get(name);
    if (last != null
        && counters.isCurrent(key, last.begin)
        && counters.isCurrent(key, begin)
        && shown.contradicts(last.shown, except)) {
      // Of two pages that were made at the same time either one may show the newer state.
      changes.put(
          client.share(),
          name(client, key),
          Math.max(begin > last.end ? begin : end, changedAt(client, key)),
          SIZE_OF_CHANGE);
    }
    if (last == null || begin > last.begin) {
      forms.put(client.share(), name, new Served(begin, end, shown), 256 + shown.size());
    }
  }

  /**
   * Returns what the page before has shown, if nobody has written the record since.
   *
   * @param begin when the page began that is compared with it
   */
  synchronized @Nullable FormFingerprint comparable(
      ClientIdentity client, ResourceKey key, long form, long begin) {
    Served last = forms.get(name(client, form));
    return last != null
            && begin > last.end
            && counters.isCurrent(key, last.begin)
            && counters.isCurrent(key, begin)
        ? last.shown
        : null;
  }

  /**
   * Returns whether what this client was shown at a time may still be current, as far as the pages
   * tell that they were shown since.
   */
  boolean isCurrent(ClientIdentity client, ResourceKey key, long time) {
    return changedAt(client, key) <= time;
  }

  /**
   * Whether the newest page that this client was shown shows that the record is what it was, in
   * spite of all writes since. A form that shows nothing proves nothing.
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
        && counters.isCurrent(key, last.begin)
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
