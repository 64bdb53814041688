package io.github.conflictguard.servlet.prediction;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The writes of a resource, and the pages of it that are open. Bounded. Not thread-safe. */
final class WatchedKey {

  private static final int MOST_OPEN = 32;

  final WriteRate rate;
  private final Map<Long, OpenPage> open = new LinkedHashMap<>();

  WatchedKey(long now) {
    this.rate = new WriteRate(now);
  }

  void opened(long actor, OpenPage page) {
    open.remove(actor);
    if (open.size() >= MOST_OPEN) {
      Iterator<OpenPage> oldest = open.values().iterator();
      oldest.next();
      oldest.remove();
    }
    open.put(actor, page);
  }

  /** Returns how many others have the page open, and were served it recently. */
  int openForOthers(long actor, long now, double longest) {
    int others = 0;
    for (Map.Entry<Long, OpenPage> page : open.entrySet()) {
      if (page.getKey() != actor && now - page.getValue().time < longest) {
        others++;
      }
    }
    return others;
  }

  void written(long actor, long now) {
    rate.written(actor, now);
    for (Map.Entry<Long, OpenPage> page : open.entrySet()) {
      if (page.getKey() != actor) {
        page.getValue().overtaken = true;
      }
    }
  }

  @Nullable OpenPage close(long actor) {
    return open.remove(actor);
  }

  /** A page that was served and not sent yet. */
  static final class OpenPage {

    final long time;
    final double byRate;
    final double raw;
    final double published;
    final int open;
    boolean overtaken;

    OpenPage(long time, double byRate, double raw, double published, int open) {
      this.time = time;
      this.byRate = byRate;
      this.raw = raw;
      this.published = published;
      this.open = open;
    }
  }
}
