package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The request headers by which the representations behind generated entity tags were selected. A
 * write whose own headers select another representation of the same state is evaluated with those
 * headers (RFC 9110, 13.1.1).
 *
 * <p>A tag may belong to several selections. All of them must then still produce it. An evicted
 * entry only causes an unnecessary refusal. The size is bounded; neither bodies nor credentials are
 * kept. Thread-safe.
 */
public final class GivenTags {

  private static final int PLACES = 16 * 1024;

  /** The names of resources are kept, so their length is limited. */
  private static final int LONGEST_NAME = 512;

  /** A tag with more selections is evaluated with the headers of the write alone. */
  public static final int MOST_SELECTIONS = 3;

  private final AtomicReferenceArray<@Nullable Given> places = new AtomicReferenceArray<>(PLACES);

  /**
   * Records a tag that is about to be sent.
   *
   * @param opaque the opaque part of the tag of the state
   * @param query the query of the read, or null if it has none
   */
  public void note(
      ResourceKey key, @Nullable String query, String opaque, SelectingHeaders headers) {
    String resource = SelectingHeaders.resourceIn(query);
    if (key.toString().length() + resource.length() > LONGEST_NAME) {
      return;
    }
    int place = place(key, resource, opaque);
    Given before = places.get(place);
    boolean same = before != null && before.isOf(key, resource, opaque);
    List<SelectingHeaders> selections =
        same && before != null ? before.selections : Collections.<SelectingHeaders>emptyList();
    if (selections.contains(headers) || selections.size() > MOST_SELECTIONS) {
      return;
    }
    List<SelectingHeaders> more = new ArrayList<>(selections);
    if (headers.isShort()) {
      more.add(headers);
    } else {
      // It is no longer possible to check whether all of them produce it.
      more.addAll(Collections.nCopies(MOST_SELECTIONS + 1, SelectingHeaders.NONE));
    }
    // A race loses a selection, which the next read records again.
    places.compareAndSet(place, before, new Given(key, resource, opaque, more));
  }

  /** Returns the selections that led to a tag; empty if they are unknown or too many. */
  public List<SelectingHeaders> selectionsOf(
      ResourceKey key, @Nullable String query, String opaque) {
    String resource = SelectingHeaders.resourceIn(query);
    Given given = places.get(place(key, resource, opaque));
    return given == null
            || !given.isOf(key, resource, opaque)
            || given.selections.size() > MOST_SELECTIONS
        ? Collections.<SelectingHeaders>emptyList()
        : given.selections;
  }

  private static int place(ResourceKey key, String resource, String opaque) {
    int hash = (31 * (31 * key.hashCode() + resource.hashCode()) + opaque.hashCode()) * 0x9E3779B9;
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }

  private static final class Given {

    private final ResourceKey key;
    private final String resource;
    private final String opaque;
    final List<SelectingHeaders> selections;

    Given(ResourceKey key, String resource, String opaque, List<SelectingHeaders> selections) {
      this.key = key;
      this.resource = resource;
      this.opaque = opaque;
      this.selections = selections;
    }

    boolean isOf(ResourceKey otherKey, String otherResource, String otherOpaque) {
      return opaque.equals(otherOpaque) && resource.equals(otherResource) && key.equals(otherKey);
    }
  }
}
