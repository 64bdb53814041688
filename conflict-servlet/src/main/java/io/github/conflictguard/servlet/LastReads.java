package io.github.conflictguard.servlet;

import io.github.conflictguard.etag.EntityTag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
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

  void note(String reader, EntityTag tag) {
    String name = shortNameOf(reader);
    synchronized (this) {
      // Removed first, so that it becomes the newest.
      tags.remove(name);
      tags.put(name, tag);
    }
  }

  /** What the reader has last read; null when that is not known. Then it is forgotten. */
  @Nullable EntityTag take(String reader) {
    String name = shortNameOf(reader);
    synchronized (this) {
      return tags.remove(name);
    }
  }

  synchronized int size() {
    return tags.size();
  }

  /** Clients choose how long their addresses are, and must not choose how much is remembered. */
  private static String shortNameOf(String reader) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(reader.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
