package io.github.conflictguard.problem;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last write of a resource before a refused one: the part that may be disclosed to the sender
 * of the refused one. Immutable.
 */
public final class EarlierWrite {

  /** The value of {@link #by} for a write of the same user or session. */
  public static final String SELF = "self";

  /** The value of {@link #by} for a write of a different user or session. */
  public static final String OTHER = "other";

  /** The value of {@link #by} for a write whose sender cannot be distinguished. */
  public static final String UNKNOWN = "unknown";

  private final Instant time;
  private final long age;
  private final String by;
  private final @Nullable String actor;

  /**
   * Creates an instance.
   *
   * @param millis how long ago the write was carried out, in milliseconds
   * @param by {@link #SELF}, {@link #OTHER} or {@link #UNKNOWN}
   * @param actor the name or pseudonym of its sender; null where people are hidden
   */
  public EarlierWrite(Instant now, long millis, String by, @Nullable String actor) {
    this.time = now.minusMillis(millis).truncatedTo(ChronoUnit.SECONDS);
    this.age = millis / 1000;
    this.by = by;
    this.actor = actor;
  }

  /** Returns when the write was carried out, to the second. */
  public Instant time() {
    return time;
  }

  /** Returns how long ago the write was carried out, in seconds. */
  public long age() {
    return age;
  }

  /** Returns whether the sender of the refused write has sent this one too. */
  public String by() {
    return by;
  }

  /** Returns the name or pseudonym of the sender; null where people are hidden. */
  public @Nullable String actor() {
    return actor;
  }

  /** Returns the members of the JSON object. */
  public Map<String, Object> toMap() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("time", time.toString());
    members.put("age", age);
    members.put("by", by);
    if (actor != null) {
      members.put("actor", actor);
    }
    return members;
  }
}
