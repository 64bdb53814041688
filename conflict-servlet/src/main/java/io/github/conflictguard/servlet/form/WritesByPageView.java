package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.BoundedMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes that came from each page. A user who continues on a page from which they have saved,
 * or on the response to their save, has seen their own change. Bounded; an evicted entry can only
 * cause a refusal. Thread-safe.
 */
final class WritesByPageView {

  private static final int MOST = 16 * 1024;

  private final BoundedMap<String, State> states = new BoundedMap<>(MOST, state -> 1);

  void written(long page, long key, State state) {
    states.put(name(page, key), state);
  }

  @Nullable State after(long page, long key) {
    return states.use(name(page, key));
  }

  /**
   * Records a write that carries a form: the page with the form and the page in the response both
   * come after it.
   *
   * @param answer the number of the page in the response
   * @param token the token of the form; null when it is not valid
   */
  void written(long answer, @Nullable FormToken token, long key, State state) {
    written(answer, key, state);
    if (token != null) {
      written(token.page, key, state);
    }
  }

  /** Records that a page shows the same as an earlier one, from which writes may have come. */
  void repeated(long page, long again, long key) {
    State after = after(page, key);
    if (after != null) {
      written(again, key, after);
    }
  }

  /** Returns when the page of a form began, or when a write last came from it. */
  long timeOf(FormToken token, long key) {
    State after = after(token.page, key);
    return after == null ? token.time : Math.max(after.time, token.time);
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
