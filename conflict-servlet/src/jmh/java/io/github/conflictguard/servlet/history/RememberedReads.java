package io.github.conflictguard.servlet.history;

import io.github.conflictguard.etag.EntityTag;
import java.util.function.IntFunction;

/** What is remembered of reads in mode {@code observe}, for a benchmark. */
public final class RememberedReads {

  /** As many as the filter remembers. */
  public static final int MOST = 65_536;

  private RememberedReads() {}

  /** So many reads, each with a tag of its own. */
  public static Object of(IntFunction<EntityTag> tags) {
    LastReads reads = new LastReads(MOST);
    for (int i = 0; i < MOST; i++) {
      reads.note(
          "session-0123456789\n\n\n/api/customers/" + i, LastReads.Seen.at(i, tags.apply(i)));
    }
    return reads;
  }
}
