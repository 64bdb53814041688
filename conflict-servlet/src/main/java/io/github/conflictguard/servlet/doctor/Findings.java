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
 * The findings so far. Each one is logged once; their number is small. Safe for use by several
 * threads.
 */
final class Findings {

  static final int MOST = 100;

  /** The maximum number of rules named in one finding. */
  static final int MOST_NAMES = 10;

  private final Consumer<String> warnings;
  private final Consumer<String> notes;
  private final Map<String, Supplier<@Nullable SetupFinding>> found = new LinkedHashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param warnings receives the findings that require attention
   * @param notes receives the findings that may be intended
   */
  Findings(Consumer<String> warnings, Consumer<String> notes) {
    this.warnings = warnings;
    this.notes = notes;
  }

  /**
   * Adds and logs a finding, unless it was added before.
   *
   * @param about distinguishes this finding from others with the same code
   */
  void add(FindingCode code, String about, String what, String cure) {
    addWhile(code, about, what, cure, () -> true);
  }

  /** Adds and logs a finding that is excluded from {@link #all} when it no longer holds. */
  void addWhile(FindingCode code, String about, String what, String cure, BooleanSupplier holds) {
    SetupFinding finding = new SetupFinding(code.toString(), what, cure);
    add(code.toString() + '\n' + about, finding, holds, warnings);
  }

  /** Adds such a finding as a note in place of a warning. */
  void noteWhile(FindingCode code, String about, String what, String cure, BooleanSupplier holds) {
    SetupFinding finding = new SetupFinding(code.toString(), what, cure);
    add(code.toString() + '\n' + about, finding, holds, notes);
  }

  /**
   * Adds a finding that may appear, change and disappear while the application runs, and logs its
   * current state.
   *
   * @param current returns the finding; null while there is none
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

  /** Returns the findings that hold now, the oldest first. */
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

  /** Returns the first of these names, and the number of the remaining ones. */
  static String someOf(List<String> names) {
    int more = names.size() - MOST_NAMES;
    return String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** Returns a mention of a rule, to be appended to other words; empty for null. */
  static String ofRule(@Nullable String rule) {
    return rule == null ? "" : " (rule '" + rule + "')";
  }
}
