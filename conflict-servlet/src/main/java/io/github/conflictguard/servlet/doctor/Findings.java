package io.github.conflictguard.servlet.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What was found so far. Each is told once, and there are not many. Safe for several threads. */
final class Findings {

  private static final int MOST = 100;

  private final Consumer<String> log;
  private final Map<String, SetupFinding> found =
      Collections.synchronizedMap(new LinkedHashMap<>());

  /** Begins with nothing. */
  Findings(Consumer<String> log) {
    this.log = log;
  }

  /**
   * Tells the log, unless it knows.
   *
   * @param about what tells this finding from others of its sort
   */
  void add(String code, String about, String what, String cure) {
    SetupFinding finding = new SetupFinding(code, what, cure);
    if (found.size() < MOST && found.putIfAbsent(code + '\n' + about, finding) == null) {
      log.accept(finding.toString());
    }
  }

  /** All of them, the oldest first. */
  List<SetupFinding> all() {
    Collection<SetupFinding> values = found.values();
    synchronized (found) {
      return new ArrayList<>(values);
    }
  }
}
