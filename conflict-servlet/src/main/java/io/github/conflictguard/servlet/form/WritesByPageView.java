package io.github.conflictguard.servlet.form;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The writes that came from each page. A user who continues on a page from which they have saved,
 * or on the response to their save, has seen their own change. Bounded; an evicted entry can only
 * cause a refusal. Thread-safe.
 */
final class WritesByPageView {

  private static final int MOST = 16 * 1024;

  private final Map<String, State> states =
      new LinkedHashMap<String, State>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, State> eldest) {
          return size() > MOST;
        }
      };

  synchronized void written(long page, long key, State state) {
    states.put(name(page, key), state);
  }

  synchronized @Nullable State after(long page, long key) {
    return states.get(name(page, key));
  }

  private static String name(long page, long key) {
    return Long.toHexString(page) + '/' + Long.toHexString(key);
  }

  /** The state of a record after a write. Immutable. */
  static final class State {

    final long time;
    final @Nullable String tag;

    State(long time, @Nullable String tag) {
      this.time = time;
      this.tag = tag;
    }
  }
}
