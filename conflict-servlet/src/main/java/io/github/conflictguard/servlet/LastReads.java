package io.github.conflictguard.servlet;

import io.github.conflictguard.etag.EntityTag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which state each client has last read of each resource, for the newest readers alone: the memory
 * is bounded. Safe for use by several threads.
 */
final class LastReads {

  private final Map<String, EntityTag> tags;

  LastReads(int limit) {
    this.tags =
        new LinkedHashMap<String, EntityTag>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, EntityTag> eldest) {
            return size() > limit;
          }
        };
  }

  synchronized void note(String reader, EntityTag tag) {
    // Removed first, so that it becomes the newest.
    tags.remove(reader);
    tags.put(reader, tag);
  }

  /** What the reader has last read; null when that is not known. Then it is forgotten. */
  synchronized @Nullable EntityTag take(String reader) {
    return tags.remove(reader);
  }

  synchronized int size() {
    return tags.size();
  }
}
