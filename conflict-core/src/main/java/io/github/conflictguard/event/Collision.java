package io.github.conflictguard.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the two writes that collided: who sent them, when, on what they were based, and
 * which fields they changed. Everything is optional. People appear as the setting {@code actors}
 * specifies, and values of fields never. Immutable.
 */
public final class Collision {

  /** The value for a duration that is not known. */
  public static final long UNKNOWN_MILLIS = -1;

  private static final Collision UNKNOWN = new Builder().build();

  private final @Nullable String actor;
  private final @Nullable String other;
  private final Origin origin;
  private final @Nullable String baseTag;
  private final @Nullable String currentTag;
  private final @Nullable String sentTag;
  private final long baseAge;
  private final long otherAge;
  private final @Nullable String otherInstance;
  private final @Nullable String otherPlace;
  private final Map<String, ChangedBy> fields;
  private final long lockWait;
  private final long wasted;
  private final @Nullable String node;
  private final @Nullable String traceId;

  private Collision(Builder builder) {
    this.actor = builder.actor;
    this.other = builder.other;
    this.origin = builder.origin;
    this.baseTag = builder.baseTag;
    this.currentTag = builder.currentTag;
    this.sentTag = builder.sentTag;
    this.baseAge = builder.baseAge;
    this.otherAge = builder.otherAge;
    this.otherInstance = builder.otherInstance;
    this.otherPlace = builder.otherPlace;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(builder.fields));
    this.lockWait = builder.lockWait;
    this.wasted = builder.wasted;
    this.node = builder.node;
    this.traceId = builder.traceId;
  }

  /** Returns the collision of which nothing is known. */
  public static Collision unknown() {
    return UNKNOWN;
  }

  /** Returns a builder in which nothing is known. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the name or pseudonym of the sender of this write; null if it is not known. */
  public @Nullable String actor() {
    return actor;
  }

  /** Returns the name or pseudonym of the sender of the earlier write; null if it is not known. */
  public @Nullable String other() {
    return other;
  }

  /** Returns whether the earlier write has the same sender. */
  public Origin origin() {
    return origin;
  }

  /** Returns the entity tag on which this write is based; null if it is not known. */
  public @Nullable String baseTag() {
    return baseTag;
  }

  /** Returns the current entity tag; null if it is not known. */
  public @Nullable String currentTag() {
    return currentTag;
  }

  /** Returns the entity tag that this write has sent; null for none. */
  public @Nullable String sentTag() {
    return sentTag;
  }

  /** Returns the time from the read to this write in milliseconds; -1 if it is not known. */
  public long baseAge() {
    return baseAge;
  }

  /** Returns the time from the earlier write to this one in milliseconds; -1 if not known. */
  public long otherAge() {
    return otherAge;
  }

  /** Returns the instance of the earlier write's own conflict; null for none. */
  public @Nullable String otherInstance() {
    return otherInstance;
  }

  /** Returns the rule or the guarded method of the earlier write; null if it is not known. */
  public @Nullable String otherPlace() {
    return otherPlace;
  }

  /** Returns the names of the changed fields and who changed them; empty if that is not known. */
  public Map<String, ChangedBy> fields() {
    return fields;
  }

  /** Returns how long this write waited for the lock in milliseconds; -1 if it is not known. */
  public long lockWait() {
    return lockWait;
  }

  /**
   * Returns the work that a refusal has cost its sender, in milliseconds: the time since the page
   * was served; -1 if it is not known.
   */
  public long wasted() {
    return wasted;
  }

  /** Returns the name of the node; null if it is not known. */
  public @Nullable String node() {
    return node;
  }

  /** Returns the id of the trace to which the request belongs; null for none. */
  public @Nullable String traceId() {
    return traceId;
  }

  /** The sender of the earlier write. */
  public enum Origin {
    /** The sender of this write: two tabs, or a double submit. */
    SELF,
    /** A different user or session. */
    OTHER,
    /** Not known. */
    UNKNOWN;

    /** Returns the name in logs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who changed a field. */
  public enum ChangedBy {
    /** The earlier write. */
    THEIRS,
    /** This write. */
    YOURS,
    /** Either write. */
    BOTH;

    /** Returns the name in responses and logs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Builds a {@link Collision}. Not thread-safe. */
  public static final class Builder {

    private static final int LONGEST_TAG = 128;

    private @Nullable String actor;
    private @Nullable String other;
    private Origin origin = Origin.UNKNOWN;
    private @Nullable String baseTag;
    private @Nullable String currentTag;
    private @Nullable String sentTag;
    private long baseAge = UNKNOWN_MILLIS;
    private long otherAge = UNKNOWN_MILLIS;
    private @Nullable String otherInstance;
    private @Nullable String otherPlace;
    private Map<String, ChangedBy> fields = Collections.emptyMap();
    private long lockWait = UNKNOWN_MILLIS;
    private long wasted = UNKNOWN_MILLIS;
    private @Nullable String node;
    private @Nullable String traceId;

    private Builder() {}

    /** Sets the sender of this write. */
    public Builder actor(@Nullable String name) {
      this.actor = name;
      return this;
    }

    /** Sets the sender of the earlier write, and whether it is the same. */
    public Builder other(@Nullable String name, Origin same) {
      this.other = name;
      this.origin = Objects.requireNonNull(same);
      return this;
    }

    /**
     * Sets the tags of the base, of the current state, and of the request. Longer ones than 128
     * characters are cut.
     */
    public Builder tags(@Nullable Object base, @Nullable Object current, @Nullable Object sent) {
      this.baseTag = textOf(base);
      this.currentTag = textOf(current);
      this.sentTag = textOf(sent);
      return this;
    }

    private static @Nullable String textOf(@Nullable Object tag) {
      String text = tag == null ? null : tag.toString();
      return text == null || text.length() <= LONGEST_TAG ? text : text.substring(0, LONGEST_TAG);
    }

    /** Sets the time since the read, in milliseconds. */
    public Builder baseAge(long millis) {
      this.baseAge = millis;
      return this;
    }

    /** Sets the time since the earlier write, in milliseconds. */
    public Builder otherAge(long millis) {
      this.otherAge = millis;
      return this;
    }

    /** Sets the instance of the earlier write's own conflict. */
    public Builder otherInstance(@Nullable String urn) {
      this.otherInstance = urn;
      return this;
    }

    /** Sets the rule or the guarded method of the earlier write. */
    public Builder otherPlace(@Nullable String ruleOrHandler) {
      this.otherPlace = ruleOrHandler;
      return this;
    }

    /** Sets the changed fields. */
    public Builder fields(Map<String, ChangedBy> names) {
      this.fields = names;
      return this;
    }

    /** Sets the time for which the write waited for the lock, in milliseconds. */
    public Builder lockWait(long millis) {
      this.lockWait = millis;
      return this;
    }

    /** Sets the time since the page was served, in milliseconds. */
    public Builder wasted(long millis) {
      this.wasted = millis;
      return this;
    }

    /** Sets the name of the node. */
    public Builder node(@Nullable String name) {
      this.node = name;
      return this;
    }

    /** Sets the id of the trace. */
    public Builder traceId(@Nullable String id) {
      this.traceId = id;
      return this;
    }

    /** Builds the collision. */
    public Collision build() {
      return new Collision(this);
    }
  }
}
