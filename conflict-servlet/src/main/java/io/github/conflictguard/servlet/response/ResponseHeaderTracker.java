package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the headers that were set before the application ran. Few responses need them again,
 * and containers are slow to list them: only headers that are about to change are recorded, and all
 * others are unchanged. Not thread-safe.
 */
public final class ResponseHeaderTracker {

  private final HttpServletResponse response;
  private final @Nullable String contentType;

  private final List<String> names = new ArrayList<>(4);

  /** The values of each name; empty for a header that was absent. */
  private final List<Collection<String>> values = new ArrayList<>(4);

  private @Nullable HeaderSnapshot all;

  /** Creates a tracker; must be called before any header changes. */
  public ResponseHeaderTracker(HttpServletResponse response) {
    this.response = response;
    this.contentType = response.getContentType();
  }

  /**
   * Called before the header of this name changes. Headers that describe the body need not be
   * recorded, see {@link #describesBody}.
   */
  public void changes(String name) {
    if (all == null && !describesBody(name) && !isNoted(name)) {
      names.add(name);
      values.add(
          response.containsHeader(name)
              ? new ArrayList<>(response.getHeaders(name))
              : Collections.emptyList());
    }
  }

  /** Called before any number of headers may change. */
  public void changeAll() {
    if (all == null) {
      all = snapshot();
    }
  }

  /** Returns the headers as they were. */
  public HeaderSnapshot snapshot() {
    if (all != null) {
      return all;
    }
    HeaderSnapshot snapshot = new HeaderSnapshot(contentType);
    for (String name : response.getHeaderNames()) {
      if (!describesBody(name) && !isNoted(name)) {
        snapshot.add(name, response.getHeaders(name));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      snapshot.add(names.get(i), values.get(i));
    }
    return snapshot;
  }

  /**
   * Returns whether a header describes the body: the old length is useless, and the type is read
   * separately.
   */
  private static boolean describesBody(String name) {
    return name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length");
  }

  private boolean isNoted(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
