package io.github.conflictguard.servlet.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was found so far. Each thing is logged once, and there are not many. Safe for use by several
 * threads.
 */
final class Findings {

  static final int MOST = 100;

  private final Consumer<String> warnings;
  private final Consumer<String> notes;
  private final Map<String, Supplier<@Nullable SetupFinding>> found = new LinkedHashMap<>();

  /**
   * Begins with nothing.
   *
   * @param warnings given what has to be looked after
   * @param notes given what may be as it should be
   */
  Findings(Consumer<String> warnings, Consumer<String> notes) {
    this.warnings = warnings;
    this.notes = notes;
  }

  /**
   * Adds and logs a finding, unless it is there.
   *
   * @param about what tells this finding from others of its sort
   */
  void add(FindingCode code, String about, String what, String cure) {
    addWhile(code, about, what, cure, () -> true);
  }

  /** Adds and logs a finding that is left out of {@link #all} as soon as it no longer holds. */
  void addWhile(FindingCode code, String about, String what, String cure, BooleanSupplier holds) {
    SetupFinding finding = new SetupFinding(code.toString(), what, cure);
    add(code.toString() + '\n' + about, finding, holds, warnings);
  }

  /** Does the same with a finding that is no reason for a warning. */
  void noteWhile(FindingCode code, String about, String what, String cure, BooleanSupplier holds) {
    SetupFinding finding = new SetupFinding(code.toString(), what, cure);
    add(code.toString() + '\n' + about, finding, holds, notes);
  }

  /**
   * Adds a finding that comes, goes and changes while the application runs, and logs what it is
   * now.
   *
   * @param current gives the finding; null while there is nothing to be found
   */
  void addChanging(FindingCode code, Supplier<@Nullable SetupFinding> current) {
    SetupFinding now = current.get();
    if (put(code.toString(), current) && now != null) {
      warnings.accept(now.toString());
    }
  }

  private void add(String key, SetupFinding finding, BooleanSupplier holds, Consumer<String> log) {
    if (put(key, () -> holds.getAsBoolean() ? finding : null)) {
      log.accept(finding.toString());
    }
  }

  private synchronized boolean put(String key, Supplier<@Nullable SetupFinding> finding) {
    return found.size() < MOST && found.putIfAbsent(key, finding) == null;
  }

  /** Returns those that hold at this moment, the oldest first. */
  List<SetupFinding> all() {
    List<Supplier<@Nullable SetupFinding>> known;
    synchronized (this) {
      known = new ArrayList<>(found.values());
    }
    List<SetupFinding> all = new ArrayList<>();
    for (Supplier<@Nullable SetupFinding> each : known) {
      SetupFinding finding = each.get();
      if (finding != null) {
        all.add(finding);
      }
    }
    return all;
  }
}
