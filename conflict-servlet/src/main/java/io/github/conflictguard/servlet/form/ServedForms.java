package io.github.conflictguard.servlet.form;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.resource.WriteCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the newest pages have shown of each record, to whomever: so that a change that came another
 * way than through the filter makes older pages stale as soon as any page shows it, and a write
 * that changed nothing that people see makes none stale.
 *
 * <p>The memory is bounded. What is forgotten costs a refusal at most: changes are noted in the
 * {@link WriteCounters}, which forget nothing. Safe for use by several threads.
 */
final class ServedForms {

  private static final int MOST = 2048;

  private final WriteCounters counters;
  private final Map<Long, Served> forms =
      new LinkedHashMap<Long, Served>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Served> eldest) {
          return size() > MOST;
        }
      };

  ServedForms(WriteCounters counters) {
    this.counters = counters;
  }

  /**
   * Notes what a page has shown.
   *
   * @param form the form of a record, as a number
   * @param begin when the page began
   */
  synchronized void served(ResourceKey key, long form, long begin, FormFingerprint shown) {
    long end = counters.tick();
    Served last = forms.get(form);
    if (last != null
        && counters.isCurrent(key, last.begin)
        && counters.isCurrent(key, begin)
        && shown.contradicts(last.shown)) {
      // Nobody knows which of two pages that were made at the same time shows the newer state.
      counters.changed(key, begin > last.end ? begin : end);
    }
    if (last == null || begin > last.begin) {
      forms.put(form, new Served(begin, end, shown));
    }
  }

  /**
   * Whether the newest page shows that the record is what it was, in spite of all writes since. A
   * form that shows nothing proves nothing.
   */
  synchronized boolean isUnchanged(ResourceKey key, long form, @Nullable FormFingerprint then) {
    Served last = forms.get(form);
    return last != null
        && then != null
        && then.isShowing()
        && counters.isCurrent(key, last.begin)
        && last.shown.isSameAs(then);
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
