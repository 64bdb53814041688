package io.github.conflictguard.servlet.detection;

import static jakarta.servlet.http.HttpServletResponse.SC_BAD_REQUEST;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.recorder.Recordings;
import io.github.conflictguard.servlet.rule.AnswerRules;
import io.github.conflictguard.servlet.rule.RedirectTarget;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one pass of a write leaves behind, and whether that is a conflict which its answer keeps to
 * itself. For the thread of the pass.
 */
public final class ConflictTraces {

  private final ConflictSearch search;
  private final HttpServletRequest request;
  private final AnswerRules rules;

  /** The names of attributes that have held an exception since the application runs. */
  private @Nullable Set<String> attributes;

  /** Begins before the application runs; {@link #end()} has to follow. */
  ConflictTraces(ConflictSearch search, HttpServletRequest request, AnswerRules rules) {
    this.search = search;
    this.request = request;
    this.rules = rules;
    if (search.isBy(Found.RECORDER)) {
      Recordings.begin();
    }
  }

  /** Called when the application leaves an exception in an attribute. */
  void leftIn(String attribute) {
    if (attributes == null) {
      attributes = new LinkedHashSet<>(2);
    }
    attributes.add(attribute);
  }

  void end() {
    if (search.isBy(Found.RECORDER)) {
      Recordings.end();
    }
  }

  /**
   * The conflict behind an answer of the application; null when the answer is what it says.
   *
   * @param location where it leads, as the application says it; null when it leads nowhere
   */
  public @Nullable DetectedConflict behind(int status, @Nullable String location) {
    if (!rules.concern(status)) {
      return null;
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

  private @Nullable DetectedConflict left(int status) {
    DetectedConflict inAttribute = search.isBy(Found.ATTRIBUTE) ? leftInAttribute() : null;
    return inAttribute == null && search.isBy(Found.RECORDER) ? recorded(status) : inAttribute;
  }

  /**
   * Returns the conflict that was recorded. Behind an answer that may be a success, it counts only
   * where a driver would have reported that a later attempt has stored something.
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
   * Frameworks and applications choose many names; a throwable is what it is under each of them.
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

  /** The newest: what came before it was tried again, or it is made of that. */
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
