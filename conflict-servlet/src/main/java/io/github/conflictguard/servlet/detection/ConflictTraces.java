package io.github.conflictguard.servlet.detection;

import static jakarta.servlet.http.HttpServletResponse.SC_BAD_REQUEST;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.recorder.Recordings;
import io.github.conflictguard.servlet.fence.WriteFence;
import io.github.conflictguard.servlet.rule.AnswerRules;
import io.github.conflictguard.servlet.rule.RedirectTarget;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that one pass of a write leaves behind, and whether they are a conflict that its
 * response does not report. Confined to the thread of the pass.
 */
public final class ConflictTraces {

  private final ConflictSearch search;
  private final HttpServletRequest request;
  private final AnswerRules rules;
  private final @Nullable WriteFence fence;

  /** The names of attributes that have held an exception since the application was started. */
  private @Nullable Set<String> attributes;

  /** Starts before the application runs; {@link #end()} must be called afterwards. */
  ConflictTraces(
      ConflictSearch search,
      HttpServletRequest request,
      AnswerRules rules,
      @Nullable WriteFence fence) {
    this.search = search;
    this.request = request;
    this.rules = rules;
    this.fence = fence;
    if (search.isBy(Found.RECORDER)) {
      Recordings.begin();
    }
  }

  /** Begins to check the commits of this thread. */
  void open() {
    if (fence != null) {
      fence.open();
    }
  }

  /** Records that the application stores an exception in an attribute. */
  void leftIn(String attribute) {
    if (attributes == null) {
      attributes = new LinkedHashSet<>(2);
    }
    attributes.add(attribute);
  }

  void end() {
    if (fence != null) {
      fence.close();
    }
    if (search.isBy(Found.RECORDER)) {
      Recordings.end();
    }
  }

  /**
   * Returns the conflict behind a response of the application; null when there is none.
   *
   * @param location the redirect target as set by the application; null when there is none
   */
  public @Nullable DetectedConflict behind(int status, @Nullable String location) {
    DetectedConflict refused = AnswerRules.areNeverReplaced(status) ? null : refusedCommit();
    if (refused != null || !rules.concern(status)) {
      return refused;
    }
    String target = location == null ? null : RedirectTarget.of(request, location);
    ConflictKind stated = search.isBy(Found.ANSWER) ? rules.kindOf(status, target) : null;
    if (stated == null) {
      return rules.hideConflict(status, target) ? left(status) : null;
    }
    DetectedConflict left = left(status);
    return left != null && left.conflict.kind() == stated
        ? left
        : new DetectedConflict(
            Conflict.of(stated), Found.ANSWER, left == null ? null : left.thrown);
  }

  /** Returns whether a response with this status may be replaced. */
  boolean concern(int status) {
    return (fence != null && !AnswerRules.areNeverReplaced(status)) || rules.concern(status);
  }

  /** Returns the conflict of a commit that was refused; null if there is none. */
  @Nullable DetectedConflict refusedCommit() {
    Throwable refusal = fence == null ? null : fence.refusal();
    return fence == null || refusal == null
        ? null
        : new DetectedConflict(Conflict.of(fence.kind()), Found.RECORDER, refusal);
  }

  private @Nullable DetectedConflict left(int status) {
    DetectedConflict inAttribute = search.isBy(Found.ATTRIBUTE) ? leftInAttribute() : null;
    return inAttribute == null && search.isBy(Found.RECORDER) ? recorded(status) : inAttribute;
  }

  /**
   * Returns the recorded conflict. If the response may be a success, it counts only where a driver
   * would have reported that a later attempt has stored something.
   */
  private @Nullable DetectedConflict recorded(int status) {
    DetectedConflict recorded = recorded();
    if (recorded != null && status < SC_BAD_REQUEST && !Recordings.hasDriver()) {
      search.reportUnheardStores();
      return null;
    }
    return recorded;
  }

  /**
   * Returns the conflict in a request attribute. Frameworks and applications use many names, so all
   * attributes are inspected for a throwable.
   */
  private @Nullable DetectedConflict leftInAttribute() {
    if (attributes == null) {
      return null;
    }
    for (String name : attributes) {
      Object value = request.getAttribute(name);
      Conflict conflict = value instanceof Throwable ? search.conflictIn((Throwable) value) : null;
      if (conflict != null) {
        return new DetectedConflict(conflict, Found.ATTRIBUTE, (Throwable) value);
      }
    }
    return null;
  }

  /** Returns the most recent recorded conflict; earlier ones were retried or are its causes. */
  private @Nullable DetectedConflict recorded() {
    Throwable[] recorded = Recordings.soFar();
    for (int i = recorded.length - 1; i >= 0; i--) {
      Conflict conflict = search.conflictIn(recorded[i], recorded);
      if (conflict != null) {
        return new DetectedConflict(conflict, Found.RECORDER, recorded[i]);
      }
    }
    return null;
  }
}
