package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.servlet.attribution.Actor;
import io.github.conflictguard.servlet.attribution.FieldDigests;
import io.github.conflictguard.servlet.attribution.Pseudonyms;
import io.github.conflictguard.servlet.attribution.WriteMemory;
import io.github.conflictguard.servlet.config.ActorNames;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records reads and writes while requests are served, and explains conflicts by them. Thread-safe.
 */
public final class CollisionRecorder {

  /** The value for a time that is not known. */
  public static final long UNKNOWN = -1;

  private final Pseudonyms pseudonyms = new Pseudonyms();
  private final WriteMemory writes;
  private final ActorNames names;
  private final LongSupplier clock;
  private final @Nullable MonitorModel model;

  CollisionRecorder(ActorNames names, LongSupplier clock, @Nullable MonitorModel model) {
    this.writes =
        model == null
            ? WriteMemory.ofRecent(names)
            : new WriteMemory(WriteMemory.USUAL_BYTES, names);
    this.names = names;
    this.clock = clock;
    this.model = model;
  }

  /** Returns whether reads are recorded, and the fields of writes are of use. */
  public boolean isRecording() {
    return model != null;
  }

  /** Returns the current time, in milliseconds since 1970. */
  public long now() {
    return clock.getAsLong();
  }

  /** Returns the sender of a request. */
  public Actor actorOf(HttpServletRequest request) {
    return pseudonyms.of(request);
  }

  /**
   * Records that a page or a representation was served.
   *
   * @param rule the rule that applies; null for none
   * @param begun when the read began
   * @return the predicted probability that a save meets a conflict; NaN for no prediction
   */
  public double served(HttpServletRequest request, String key, @Nullable String rule, long begun) {
    return model == null
        ? Double.NaN
        : model.served(pseudonyms.afterwards(request), key, rule, begun);
  }

  /** Records that a state was served, which its tag identifies. */
  public void servedTag(HttpServletRequest request, String key, String tag, long time) {
    if (model != null) {
      model.servedTag(pseudonyms.afterwards(request), key, tag, time);
    }
  }

  /** Returns when a state was last served to any client; {@link #UNKNOWN} if not known. */
  public long tagServedAt(String key, String tag) {
    return model == null ? UNKNOWN : model.tagServedAt(key, tag);
  }

  /**
   * Records a write that was carried out.
   *
   * @param place the rule or the guarded method; null for none
   * @param sent the fields that it sent; null if they are not known
   * @param base the fields before; null if they are not known
   */
  public void written(
      HttpServletRequest request,
      String key,
      @Nullable String place,
      @Nullable FieldDigests sent,
      @Nullable FieldDigests base) {
    Actor actor = pseudonyms.afterwards(request);
    long now = clock.getAsLong();
    writes.written(key, actor, now, place, sent, base);
    if (model != null) {
      model.written(actor, key, place, now);
    }
  }

  /** Returns a builder that contains the sender of a request alone. */
  public Collision.Builder of(HttpServletRequest request) {
    return Collision.builder().actor(pseudonyms.of(request).shown(names));
  }

  /**
   * Explains a conflict.
   *
   * @param baseTime when the state was served on which the write is based, in milliseconds since
   *     1970; {@link #UNKNOWN} if that is not known
   * @param base the fields of that state; null if they are not known
   * @param sent the fields that the write has sent; null if they are not known
   * @return a builder to which tags, lock wait and trace can be added
   */
  public Collision.Builder explain(
      HttpServletRequest request,
      String key,
      long baseTime,
      @Nullable FieldDigests base,
      @Nullable FieldDigests sent) {
    Actor actor = pseudonyms.of(request);
    long served = baseTime < 0 && model != null ? model.servedAt(actor, key) : baseTime;
    return writes.explain(key, actor, clock.getAsLong(), served, base, sent);
  }
}
