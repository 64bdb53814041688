package io.github.conflictguard.servlet.history;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.response.ContentChecksum;
import org.jspecify.annotations.Nullable;

/**
 * The state of each resource that each client has last read. Bounded: only the most recent readers
 * are kept. Thread-safe.
 */
public final class LastReads {

  private final BoundedMap<ShortName, Seen> seen;

  public LastReads(int limit) {
    this.seen = new BoundedMap<>(limit, state -> 1);
  }

  /** Records the state that a reader has seen, in a read or as the outcome of its own write. */
  public void note(String reader, Seen state) {
    ShortName name = ShortName.of(reader);
    synchronized (this) {
      Seen before = seen.get(name);
      seen.put(name, before == null ? state : state.after(before));
    }
  }

  /** Returns the state that the reader has last seen; null when that is not known. */
  public @Nullable Seen of(String reader) {
    return seen.get(ShortName.of(reader));
  }

  long size() {
    return seen.weight();
  }

  /** A state that a client has seen. Immutable. */
  public static final class Seen {

    /** When the client started to read it. */
    public final long time;

    /** When the first of the clients that share this client's address started to read. */
    public final long firstTime;

    /** The tag, where it is known without the application; otherwise null. */
    public final @Nullable EntityTag tag;

    /** A checksum of the content; null where the content does not matter or is not known. */
    public final @Nullable Long checksum;

    /** Whether the checksum is one of characters. */
    public final boolean ofCharacters;

    /** The address and selecting headers of the read; null where the content does not matter. */
    public final @Nullable ShortName shownAs;

    private Seen(
        long time,
        long firstTime,
        @Nullable EntityTag tag,
        @Nullable Long checksum,
        boolean ofCharacters,
        @Nullable ShortName shownAs) {
      this.time = time;
      this.firstTime = firstTime;
      this.tag = tag;
      this.checksum = checksum;
      this.ofCharacters = ofCharacters;
      this.shownAs = shownAs;
    }

    /** Returns a state that is identified by its tag, or of which only the time is known. */
    public static Seen at(long time, @Nullable EntityTag tag) {
      return new Seen(time, time, tag, null, false, null);
    }

    /** Returns a state that is identified by its content. */
    public static Seen shown(long time, ContentChecksum content, ShortName shownAs) {
      return new Seen(time, time, null, content.value(), content.isOfCharacters(), shownAs);
    }

    private Seen after(Seen before) {
      return new Seen(
          Math.max(time, before.time), before.firstTime, tag, checksum, ofCharacters, shownAs);
    }
  }
}
