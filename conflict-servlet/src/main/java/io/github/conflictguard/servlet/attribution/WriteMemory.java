package io.github.conflictguard.servlet.attribution;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.resource.SipHash;
import io.github.conflictguard.servlet.attribution.KnownWrite.FieldState;
import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.config.ActorNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last write of each resource, from which a conflict is explained: who has changed what, and
 * when. Bounded by bytes and shared fairly among clients. Thread-safe.
 */
public final class WriteMemory {

  /** About 64,000 writes without fields, or 20,000 of small forms. */
  public static final long USUAL_BYTES = 28L << 20;

  private final SipHash hash = new SipHash();
  private final BoundedMap<Long, KnownWrite> writes;
  private final @Nullable RecentWrites recent;
  private final ActorNames names;

  /**
   * Creates an empty memory.
   *
   * @param bytes the maximum size
   * @param names how people are named in explanations
   */
  public WriteMemory(long bytes, ActorNames names) {
    this(bytes, names, null);
  }

  private WriteMemory(long bytes, ActorNames names, @Nullable RecentWrites recent) {
    this.writes = new BoundedMap<>(bytes, KnownWrite::bytes);
    this.names = names;
    this.recent = recent;
  }

  /**
   * Creates an empty memory that is cheaper to write to, for writes without fields. It remembers
   * fewer writes, and does not share its size fairly.
   */
  public static WriteMemory ofRecent(ActorNames names) {
    return new WriteMemory(0, names, new RecentWrites());
  }

  /**
   * Records a write that was carried out.
   *
   * @param key the resource
   * @param place the rule or the guarded method; null for none
   * @param sent the fields that it sent; null if they are not known
   * @param base the fields before; null if they are not known
   */
  public void written(
      String key,
      Actor actor,
      long time,
      @Nullable String place,
      @Nullable FieldDigests sent,
      @Nullable FieldDigests base) {
    if (recent != null) {
      recent.put(key, KnownWrite.after(recent.get(key), actor, time, place, sent, base));
      return;
    }
    long name = hash.of(key);
    synchronized (monitorOf(name)) {
      KnownWrite write = KnownWrite.after(writes.get(name), actor, time, place, sent, base);
      writes.put(actor.id(), name, write);
    }
  }

  private final Object[] monitors = monitors();

  /**
   * Explains why a write meets a changed resource.
   *
   * @param key the resource
   * @param actor the sender of the write
   * @param time the time of the write
   * @param baseTime when the state was served on which the write is based; -1 if it is not known
   * @param base the fields of that state; null if they are not known
   * @param sent the fields that the write has sent; null if they are not known
   */
  public Collision.Builder explain(
      String key,
      Actor actor,
      long time,
      long baseTime,
      @Nullable FieldDigests base,
      @Nullable FieldDigests sent) {
    Collision.Builder collision = Collision.builder().actor(actor.shown(names));
    if (baseTime >= 0) {
      collision.baseAge(Math.max(0, time - baseTime)).wasted(Math.max(0, time - baseTime));
    }
    KnownWrite last = recent == null ? writes.get(hash.of(key)) : recent.get(key);
    if (last == null || last.time <= baseTime) {
      // Changed elsewhere, or forgotten.
      return collision;
    }
    KnownWrite other = otherThan(actor, last, baseTime);
    // Several people may share an address, and one person may have several.
    Origin origin =
        !actor.isKnown() || !other.actor.isKnown()
            ? Origin.UNKNOWN
            : other.actor.equals(actor) ? Origin.SELF : Origin.OTHER;
    return collision
        .other(other.actor.shown(names), origin)
        .otherAge(Math.max(0, time - other.time))
        .otherPlace(other.place)
        .fields(changes(last, baseTime, base, sent));
  }

  /** Returns the most recent write since the base by anyone else, or else by the same actor. */
  private static KnownWrite otherThan(Actor actor, KnownWrite last, long baseTime) {
    KnownWrite before = last.byOther;
    boolean byOther = last.actor.equals(actor) && before != null && before.time > baseTime;
    return byOther && before != null && baseTime >= 0 ? before : last;
  }

  private static Map<String, ChangedBy> changes(
      KnownWrite last, long baseTime, @Nullable FieldDigests base, @Nullable FieldDigests sent) {
    Set<String> names = new LinkedHashSet<>(last.fields.keySet());
    if (sent != null) {
      names.addAll(sent.names());
    }
    Map<String, ChangedBy> changes = new LinkedHashMap<>();
    for (String name : names) {
      FieldState state = last.fields.get(name);
      Long from = base == null ? null : base.of(name);
      Boolean theirs = isChangedByThem(state, from, last.time, baseTime);
      Long reference = from != null ? from : reference(state, theirs);
      Long now = sent == null ? null : sent.of(name);
      boolean yours = reference != null && now != null && !now.equals(reference);
      if (Boolean.TRUE.equals(theirs)) {
        changes.put(name, yours ? ChangedBy.BOTH : ChangedBy.THEIRS);
      } else if (yours) {
        changes.put(name, ChangedBy.YOURS);
      }
      if (changes.size() == FieldDigests.MOST_FIELDS) {
        break;
      }
    }
    return changes;
  }

  private static @Nullable Boolean isChangedByThem(
      @Nullable FieldState state, @Nullable Long from, long lastTime, long baseTime) {
    if (state == null) {
      return null;
    }
    if (from != null) {
      return from != state.digest;
    }
    if (state.changed == KnownWrite.UNKNOWN) {
      return null;
    }
    return baseTime >= 0 ? state.changed > baseTime : state.changed == lastTime;
  }

  /** Returns the digest of the value on which the write is based; null if it is not known. */
  private static @Nullable Long reference(@Nullable FieldState state, @Nullable Boolean theirs) {
    if (state == null || theirs == null) {
      return null;
    }
    return theirs ? state.before : Long.valueOf(state.digest);
  }

  /** Returns the bytes in use. */
  public long bytes() {
    return writes.weight();
  }

  private Object monitorOf(long name) {
    return monitors[Math.floorMod(Long.hashCode(name), monitors.length)];
  }

  private static Object[] monitors() {
    Object[] monitors = new Object[64];
    for (int i = 0; i < monitors.length; i++) {
      monitors[i] = new Object();
    }
    return monitors;
  }
}
