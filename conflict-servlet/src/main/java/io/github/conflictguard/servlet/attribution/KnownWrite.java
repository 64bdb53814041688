package io.github.conflictguard.servlet.attribution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last write of a resource, and what is known of the ones before. Immutable. */
final class KnownWrite {

  /** The bytes of an entry without fields: objects, map entries, key. */
  private static final int FIXED_BYTES = 448;

  private static final int BYTES_OF_FIELD = 136;

  static final long UNKNOWN = -1;

  final Actor actor;
  final long time;
  final @Nullable String place;

  /** The last write by anyone but the last actor; null when none is known. */
  final @Nullable KnownWrite byOther;

  /** The state of each field; empty when no write has sent any. */
  final Map<String, FieldState> fields;

  private KnownWrite(
      Actor actor,
      long time,
      @Nullable String place,
      @Nullable KnownWrite byOther,
      Map<String, FieldState> fields) {
    this.actor = actor;
    this.time = time;
    this.place = place;
    this.byOther = byOther;
    this.fields = fields;
  }

  /** Returns a write that follows another one. */
  static KnownWrite after(
      @Nullable KnownWrite before,
      Actor actor,
      long time,
      @Nullable String place,
      @Nullable FieldDigests sent,
      @Nullable FieldDigests base) {
    KnownWrite byOther = null;
    if (before != null) {
      byOther = before.actor.equals(actor) ? before.byOther : before.withoutPast();
    }
    return new KnownWrite(actor, time, place, byOther, fields(before, time, sent, base));
  }

  private static Map<String, FieldState> fields(
      @Nullable KnownWrite before,
      long time,
      @Nullable FieldDigests sent,
      @Nullable FieldDigests base) {
    Map<String, FieldState> fields = new LinkedHashMap<>();
    if (sent == null) {
      // Any field may have changed by now.
      return fields;
    }
    Map<String, FieldState> old = before == null ? fields : before.fields;
    for (String name : sent.names()) {
      Long digest = sent.of(name);
      FieldState known = old.get(name);
      Long from = known != null ? Long.valueOf(known.digest) : base == null ? null : base.of(name);
      if (digest != null && fields.size() < FieldDigests.MOST_FIELDS) {
        fields.put(name, FieldState.after(known, from, digest, time));
      }
    }
    if (sent.isPartial() && before != null) {
      before.fields.forEach(
          (name, state) -> {
            if (fields.size() < FieldDigests.MOST_FIELDS) {
              fields.putIfAbsent(name, state);
            }
          });
    }
    if (sent.isPartial() && base != null) {
      // What a patch does not contain is as it was before.
      for (String name : base.names()) {
        Long digest = base.of(name);
        if (digest != null && fields.size() < FieldDigests.MOST_FIELDS) {
          fields.putIfAbsent(name, FieldState.after(null, digest, digest, time));
        }
      }
    }
    return fields;
  }

  private KnownWrite withoutPast() {
    return new KnownWrite(actor, time, place, null, Collections.emptyMap());
  }

  long bytes() {
    long bytes = FIXED_BYTES + (byOther == null ? 0L : 160L);
    for (String name : fields.keySet()) {
      bytes += BYTES_OF_FIELD + 2L * name.length();
    }
    return bytes;
  }

  /** The state of one field. Immutable. */
  static final class FieldState {

    /** The digest of the value. */
    final long digest;

    /** The digest before the last change; null when it is not known. */
    final @Nullable Long before;

    /** When it was changed last; {@link #UNKNOWN} when that is not known. */
    final long changed;

    private FieldState(long digest, @Nullable Long before, long changed) {
      this.digest = digest;
      this.before = before;
      this.changed = changed;
    }

    private static FieldState after(
        @Nullable FieldState known, @Nullable Long from, long digest, long time) {
      if (from == null) {
        return new FieldState(digest, null, UNKNOWN);
      }
      if (from == digest) {
        // Not changed since the state on which the write is based, if that is all that is known.
        return known == null ? new FieldState(digest, null, 0) : known;
      }
      return new FieldState(digest, from, time);
    }
  }
}
