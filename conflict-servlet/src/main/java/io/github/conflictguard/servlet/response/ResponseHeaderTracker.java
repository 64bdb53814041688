package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers that were set before the application ran. Nearly every answer needs none of them
 * again, and containers take their time to list them: so only what is about to be changed is noted,
 * and what was not noted has not been changed. One thread at a time.
 */
public final class ResponseHeaderTracker {

  private final HttpServletResponse response;
  private final @Nullable String contentType;

  private final List<String> names = new ArrayList<>(4);

  /** Those that each of the names had; none for a header that was not there. */
  private final List<Collection<String>> values = new ArrayList<>(4);

  private @Nullable HeaderSnapshot all;

  /** Begins, before anybody changes a header. */
  public ResponseHeaderTracker(HttpServletResponse response) {
    this.response = response;
    this.contentType = response.getContentType();
  }

  /**
   * Called before the header of this name is changed. Those that describe the body need not be
   * noted, see {@link #describesBody}.
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

  /** Called before any number of headers may be changed. */
  public void changeAll() {
    if (all == null) {
      all = snapshot();
    }
  }

  /** What was there. */
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

  /** The length of another body is of no use, and the type is known without a look at headers. */
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
