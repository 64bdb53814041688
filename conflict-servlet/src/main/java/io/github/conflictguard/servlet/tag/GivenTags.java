package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * By which headers the entity tags of bodies were chosen when they were given out. A write whose
 * own headers select another representation of the same state is judged by those (RFC 9110,
 * 13.1.1).
 *
 * <p>A tag that several selections have led to names no single one of them, so all of them have to
 * lead to it still. What is forgotten costs a needless refusal. Bounded; holds neither bodies nor
 * credentials. Safe for use by several threads.
 */
public final class GivenTags {

  private static final int PLACES = 16 * 1024;

  /** The names of resources are kept, so they must not be long. */
  private static final int LONGEST_NAME = 512;

  /** A tag of more selections than that is judged by the headers of the write alone. */
  public static final int MOST_SELECTIONS = 3;

  private final AtomicReferenceArray<@Nullable Given> places = new AtomicReferenceArray<>(PLACES);

  /**
   * Notes a tag that is about to be given out.
   *
   * @param opaque the opaque part of the tag of the state
   * @param query the query of the read; null when it has none
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
      // It cannot be checked any more whether all of them lead to it.
      more.addAll(Collections.nCopies(MOST_SELECTIONS + 1, SelectingHeaders.NONE));
    }
    // A race loses a selection that is noted again with the next read.
    places.compareAndSet(place, before, new Given(key, resource, opaque, more));
  }

  /** The selections that led to a tag; empty when that is not known, or they are too many. */
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
