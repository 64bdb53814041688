package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.json.JsonSyntaxException;
import io.github.conflictguard.json.JsonWriter;
import io.github.conflictguard.servlet.statistics.TimeSeries;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the monitor keeps over a restart where there is a journal file: the counts over time, and
 * hashes of the advice that was dismissed. Contains neither paths of requests nor people.
 */
final class SavedState {

  private static final String COUNTS = "counts";
  private static final String DISMISSED = "dismissed";

  private SavedState() {}

  /** Returns the state as JSON in UTF-8. */
  static byte[] of(TimeSeries series, CurrentAdvice advice) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put(DISMISSED, advice.dismissed());
    state.put(COUNTS, series.saved());
    JsonWriter json = new JsonWriter();
    json.value(state);
    return json.toBytes();
  }

  /** Restores what is readable in a state. */
  static void restore(byte[] saved, TimeSeries series, CurrentAdvice advice) {
    Object state;
    try {
      state = JsonReader.parse(new String(saved, StandardCharsets.UTF_8));
    } catch (JsonSyntaxException e) {
      // Only half of it was written, or another program has changed it.
      return;
    }
    Map<?, ?> members = state instanceof Map ? (Map<?, ?>) state : Collections.emptyMap();
    Object dismissed = members.get(DISMISSED);
    if (dismissed instanceof Collection) {
      advice.restore((Collection<?>) dismissed);
    }
    Object counts = members.get(COUNTS);
    if (counts instanceof Map) {
      series.restore((Map<?, ?>) counts);
    }
  }
}
