package io.github.conflictguard.servlet.explanation;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.problem.EarlierWrite;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.attribution.Actor;
import io.github.conflictguard.servlet.attribution.FieldDigests;
import io.github.conflictguard.servlet.config.ActorNames;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.config.MonitorSettings;
import io.github.conflictguard.servlet.monitor.CollisionRecorder;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records reads and writes as they happen, and explains conflicts by them: to the monitor and to
 * listeners completely, to clients where it may be disclosed. Thread-safe.
 */
public final class Explainer {

  /** The header with the predicted probability that a save meets a conflict. */
  public static final String RISK = "Conflict-Risk";

  /** W3C Trace Context, 3.2: version, trace id, parent id and flags. */
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.{0,64}");

  private static final Logger LOG = FilterNames.log();

  private final ConflictEvents events;
  private final CollisionRecorder recorder;
  private final ActorNames forClients;
  private final boolean riskHeader;

  public Explainer(ConflictEvents events, MonitorSettings settings) {
    this.events = events;
    this.recorder = events.collisions();
    this.forClients = settings.actorsForClients();
    this.riskHeader = settings.riskHeader();
  }

  /** Returns whether reads are recorded at all. */
  public boolean isRecording() {
    return recorder.isRecording();
  }

  /** Returns the current time, for the beginning of a read. */
  public long now() {
    return recorder.now();
  }

  /**
   * Records that a resource was served.
   *
   * @param begun when the read began, before the application has read the data
   * @return the value of the header {@link #RISK}; null for none
   */
  public @Nullable String served(
      HttpServletRequest request, RuleMatch target, @Nullable String rule, long begun) {
    if (!recorder.isRecording()) {
      return null;
    }
    double risk =
        orElse(Double.NaN, () -> recorder.served(request, target.key().toString(), rule, begun));
    return !riskHeader || Double.isNaN(risk) ? null : String.format(Locale.ROOT, "%.2f", risk);
  }

  /** Records the tag of a response, which is known when the response is complete. */
  public void servedTag(
      HttpServletRequest request, RuleMatch target, long begun, HttpServletResponse response) {
    String tag = recorder.isRecording() ? response.getHeader("ETag") : null;
    if (tag != null) {
      run(() -> recorder.servedTag(request, target.key().toString(), plain(tag), begun));
    }
  }

  /** Records a write that was carried out. */
  public void written(WriteFacts write, HttpServletResponse response) {
    run(() -> record(write, response));
  }

  private void record(WriteFacts write, HttpServletResponse response) {
    if (!recorder.isRecording()) {
      recorder.written(write.request, write.key(), write.rule, null, null);
      return;
    }
    FieldDigests shown = write.shown();
    recorder.written(
        write.request,
        write.key(),
        write.rule,
        write.sent(),
        shown == null ? write.current() : shown);
    servedTag(write.request, write.target, now(), response);
  }

  /** Explains a conflict, completely. */
  public Collision collision(WriteFacts write, ProblemDetail problem, long lockWait) {
    return orElse(Collision.unknown(), () -> explanation(write, problem, lockWait));
  }

  private Collision explanation(WriteFacts write, ProblemDetail problem, long lockWait) {
    Collision.Builder known;
    if (isAboutState(problem)) {
      EntityTag tag = write.sentTag();
      long page = write.pageTime();
      long served = page >= 0 || tag == null ? page : recorder.tagServedAt(write.key(), plain(tag));
      boolean recording = recorder.isRecording();
      known =
          recorder.explain(
              write.request,
              write.key(),
              // A write within the same millisecond came later: the state is known to be older.
              served > 0 ? served - 1 : served,
              recording ? write.shown() : null,
              recording ? write.sent() : null);
      known.tags(null, problem.current(), tag);
    } else {
      known = recorder.of(write.request);
    }
    return traced(known, write.request).lockWait(lockWait).build();
  }

  /**
   * Explains a lost update.
   *
   * @param baseTime when the state was served on which the write is based, in milliseconds since
   *     1970; -1 if that is not known
   * @param overwritten whether the write that it overwrites was recorded
   */
  public Collision lostUpdate(WriteFacts write, long baseTime, boolean overwritten) {
    return orElse(Collision.unknown(), () -> explanation(write, baseTime, overwritten));
  }

  private Collision explanation(WriteFacts write, long baseTime, boolean overwritten) {
    Collision.Builder known =
        overwritten
            ? recorder.explain(
                write.request,
                write.key(),
                baseTime > 0 ? baseTime - 1 : baseTime,
                write.shown(),
                write.sent())
            : recorder.of(write.request);
    return traced(known, write.request).build();
  }

  /**
   * Returns the problem with the explanation that its client may see: when the earlier write was
   * carried out, by whom where the settings allow it, and who has changed which members, of those
   * that the application shows to the client.
   *
   * @param shown whether the state of the resource may be disclosed to the client
   */
  public ProblemDetail explained(
      ProblemDetail problem, Collision collision, WriteFacts write, boolean shown) {
    return orElse(problem, () -> explanation(problem, collision, write, shown));
  }

  private ProblemDetail explanation(
      ProblemDetail problem, Collision collision, WriteFacts write, boolean shown) {
    if (!shown || collision.otherAge() < 0 || !isAboutState(problem)) {
      return problem;
    }
    ProblemDetail explained =
        problem.withEarlierWrite(
            new EarlierWrite(
                Instant.now(),
                collision.otherAge(),
                collision.origin().code(),
                forClients == ActorNames.HIDDEN ? null : collision.other()));
    FieldDigests current = collision.fields().isEmpty() ? null : write.current();
    if (current == null) {
      return explained;
    }
    Map<String, String> changes = new LinkedHashMap<>();
    for (Map.Entry<String, ChangedBy> field : collision.fields().entrySet()) {
      // Others may have sent members that the application never shows to this client.
      if (current.names().contains(field.getKey())) {
        changes.put(field.getKey(), field.getValue().code());
      }
    }
    return explained.withChanges("pointer", changes);
  }

  /** Reports a conflict; a refused write remains on the worklist of its sender. */
  public void tell(ConflictEvent event, WriteFacts write) {
    Optional<Actor> actor =
        event.isAnswered()
            ? orElse(Optional.empty(), () -> Optional.of(recorder.actorOf(write.request)))
            : Optional.empty();
    events.tell(event, actor.orElse(null));
  }

  /** Reports a wait for the lock of a resource. */
  public void tellLockWait(
      HttpServletRequest request,
      RuleMatch target,
      @Nullable String rule,
      long millis,
      boolean acquired) {
    Collision collision =
        orElse(
            Collision.unknown(),
            () -> traced(recorder.of(request), request).lockWait(millis).build());
    events.tell(
        new LockWaitEvent(
            request.getMethod(),
            LocalAddress.shownPathOf(request),
            target.key().toString(),
            rule,
            acquired,
            collision));
  }

  private static void run(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "A request cannot be recorded", e);
    }
  }

  /**
   * Returns the result of a step, or a substitute if it fails. The session of a request may be
   * stored elsewhere, and reading it may fail: an explanation never costs a response.
   */
  private static <T> T orElse(T substitute, Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "A conflict cannot be explained", e);
      return substitute;
    }
  }

  /** Returns whether the last write of the resource is the cause of a problem. */
  private static boolean isAboutState(ProblemDetail problem) {
    ProblemType type = problem.type();
    return type.kind().equals(ProblemType.STALE_VERSION.kind())
        || type == ProblemType.ALREADY_EXISTS;
  }

  private static Collision.Builder traced(Collision.Builder known, HttpServletRequest request) {
    String parent = request.getHeader("traceparent");
    Matcher trace = parent == null ? null : TRACE_PARENT.matcher(parent);
    return trace != null && trace.matches() ? known.traceId(trace.group(1)) : known;
  }

  /** Returns a tag without its weakness, which servers on the way may have added. */
  private static String plain(Object tag) {
    String text = tag.toString();
    return text.startsWith("W/") ? text.substring(2) : text;
  }
}
