package io.github.conflictguard.servlet.detection;

import io.github.conflictguard.servlet.buffer.BufferTimer;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.fence.WriteFence;
import io.github.conflictguard.servlet.response.ResponseHeaderTracker;
import io.github.conflictguard.servlet.rule.AnswerRules;
import io.github.conflictguard.servlet.rule.ConflictRules;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Detects the conflicts that an application throws or swallows. Thread-safe. */
public final class ConflictDetector {

  private final ConflictSearch search;
  private final int bufferLimit;
  private final BufferTimer timer;

  /**
   * Creates a detector.
   *
   * @param timer releases buffered responses in time
   */
  public ConflictDetector(
      ConflictRules rules, FilterSettings settings, Doctor doctor, BufferTimer timer) {
    this.search = new ConflictSearch(rules, settings, doctor);
    this.bufferLimit = settings.bufferLimit();
    this.timer = timer;
  }

  /**
   * Returns a chain that detects conflicts in one pass of a write.
   *
   * @param answers the patterns of responses that indicate a conflict
   * @param protect whether responses that hide a conflict are discarded
   * @param before called with the headers that the application changes
   * @param fence returns the comparison with writes of other nodes; null for none
   * @param detection receives the detected conflict
   */
  public FilterChain around(
      FilterChain chain,
      HttpServletRequest request,
      AnswerRules answers,
      boolean protect,
      ResponseHeaderTracker before,
      Supplier<@Nullable WriteFence> fence,
      Detection detection) {
    return new ConflictDetectingChain(
        chain, request, answers, protect, before, fence, detection, this);
  }

  /**
   * Returns the conflict that has caused an exception of the application; null when there is none.
   *
   * @param detection the conflicts detected in the pass that has thrown it
   */
  public @Nullable DetectedConflict behind(Throwable thrown, Detection detection) {
    DetectedConflict found = detection.found();
    return found == null ? detection.classify(thrown, search) : found;
  }

  ConflictSearch search() {
    return search;
  }

  int bufferLimit() {
    return bufferLimit;
  }

  BufferTimer timer() {
    return timer;
  }
}
