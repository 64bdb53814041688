package io.github.conflictguard.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of the representations that were read last, by URL, for code that does not carry
 * the tag from a read to the write based on it.
 *
 * <p>Use one for each user and each unit of work, for example one dialog. A memory that two of them
 * share would send the tag that one has read with the changes that the other has made to an older
 * state, and the update in between would be lost.
 *
 * <p>Bounded: the URL that was not used for the longest time is forgotten first, and writes to it
 * are sent without a precondition. Thread-safe.
 */
public final class TagMemory {

  /** The number of URLs by default. */
  public static final int USUAL_SIZE = 1000;

  private final Map<String, String> tags;

  /** Creates an empty memory for {@link #USUAL_SIZE} URLs. */
  public TagMemory() {
    this(USUAL_SIZE);
  }

  /**
   * Creates an empty memory.
   *
   * @param size the maximum number of URLs
   * @throws IllegalArgumentException if it is less than 1
   */
  public TagMemory(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: expected at least 1, found " + size);
    }
    this.tags = new Bounded(size);
  }

  /** Returns the tag for a URL as in a header; null when there is none. */
  public synchronized @Nullable String tagOf(String url) {
    return tags.get(withoutFragment(url));
  }

  /**
   * Records the response to a request. A successful GET sets the tag of the URL, a successful PUT
   * or PATCH sets it to that of the response or removes it, and any other successful write removes
   * it. A 304 without a tag and a refused write change nothing: the tag stays that of the state
   * which the client has read.
   *
   * @param tag the {@code ETag} of the response; null when it has none
   */
  public synchronized void note(String method, String url, int status, @Nullable String tag) {
    boolean get = method.equals("GET");
    boolean successful = status >= 200 && status < 300;
    // RFC 9110, 15.3.7: a part has the tag of the whole, of which the client has not seen the rest.
    // 9.3.2: a client that sends HEAD has not seen the representation.
    if (method.equals("HEAD") || status == 206 || !(successful || (get && status == 304))) {
      return;
    }
    if (status == 304 && tag == null) {
      // 15.4.5 requires the tag; without it, the representation is still the one that was read.
      return;
    }
    // 9.3.3: the tag in the response to a POST is that of another resource.
    boolean ofThis = get || method.equals("PUT") || method.equals("PATCH");
    String key = withoutFragment(url);
    if (tag == null || !ofThis) {
      tags.remove(key);
    } else {
      tags.put(key, tag);
    }
  }

  private static String withoutFragment(String url) {
    int fragment = url.indexOf('#');
    return fragment < 0 ? url : url.substring(0, fragment);
  }

  /** A map that evicts the entry that was not used for the longest time. */
  private static final class Bounded extends LinkedHashMap<String, String> {

    private static final long serialVersionUID = 1L;

    private final int size;

    Bounded(int size) {
      super(16, 0.75f, true);
      this.size = size;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
      return size() > size;
    }
  }
}
