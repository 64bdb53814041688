package io.github.conflictguard.servlet.detection;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.rule.ConflictRules;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/** Finds conflicts in exceptions of an application, by the enabled detectors. Thread-safe. */
final class ConflictSearch {

  private final ConflictRules rules;
  private final FilterSettings settings;
  private final Doctor doctor;

  ConflictSearch(ConflictRules rules, FilterSettings settings, Doctor doctor) {
    this.rules = rules;
    this.settings = settings;
    this.doctor = doctor;
  }

  /** Reports that a recorded conflict was disregarded, because no driver reports successes. */
  void reportUnheardStores() {
    doctor.storesUnheard();
  }

  boolean isBy(Found way) {
    return settings.findsBy(way);
  }

  /**
   * Returns the conflict that an exception reports which leaves the application; null when it
   * reports none.
   */
  @Nullable DetectedConflict inThrown(Throwable thrown) {
    Conflict conflict =
        isErrorOfApplication(thrown) || !isBy(Found.THROWN) ? null : conflictIn(thrown);
    return conflict == null ? null : new DetectedConflict(conflict, Found.THROWN, thrown);
  }

  /**
   * Returns the conflict that an exception reports. The user's rules come first, because they take
   * precedence over the codes of a driver.
   */
  @Nullable Conflict conflictIn(Throwable thrown) {
    if (rules.exclude(thrown)) {
      return null;
    }
    Conflict byRule = rules.conflictIn(thrown);
    return byRule == null ? ConflictGuard.conflictIn(thrown) : byRule;
  }

  /**
   * Works like {@link #conflictIn}, for one of the exceptions of a request: another one may exclude
   * it.
   */
  @Nullable Conflict conflictIn(Throwable thrown, Throwable[] ofRequest) {
    return rules.exclude(thrown, ofRequest) ? null : conflictIn(thrown);
  }

  /**
   * Returns whether it is an Error of the application. Tomcat wraps an Error of a servlet in a
   * ServletException.
   */
  static boolean isErrorOfApplication(Throwable thrown) {
    return thrown instanceof Error
        || (thrown instanceof ServletException && thrown.getCause() instanceof Error);
  }
}
