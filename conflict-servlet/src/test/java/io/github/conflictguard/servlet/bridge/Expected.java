package io.github.conflictguard.servlet.bridge;

import java.util.List;
import java.util.stream.Stream;

/** What one 409 and one 412 leave in the libraries. */
final class Expected {

  /** Everything that is registered in Micrometer, with the common tag of the registry. */
  static final List<String> METERS =
      List.of(
          "conflict.guard.conflicts{context=/app, found=precondition, kind=stale-version,"
              + " outcome=answered, region=north, rule=people} 1",
          "conflict.guard.conflicts{context=/app, found=thrown, kind=duplicate-key,"
              + " outcome=answered, region=north, rule=people} 1",
          "conflict.guard.preconditions{context=/app, region=north, result=failed, rule=-} 0",
          "conflict.guard.preconditions{context=/app, region=north, result=failed, rule=people} 1",
          "conflict.guard.preconditions{context=/app, region=north, result=missing, rule=-} 0",
          "conflict.guard.preconditions{context=/app, region=north, result=missing, rule=people} 0",
          "conflict.guard.replays{context=/app, region=north, rule=-} 0",
          "conflict.guard.replays{context=/app, region=north, rule=people} 0");

  private Expected() {}

  /** The counters of OpenTelemetry, and the spans of the two requests. */
  static List<String> telemetry(List<String> instances) {
    return Stream.concat(
            METERS.stream()
                .map(line -> line.replace("region=north, ", ""))
                .map(line -> line.replaceAll("(\\w+)=", "conflictguard.$1=")),
            spans(instances).stream())
        .sorted()
        .toList();
  }

  /** The spans of the two requests. */
  static List<String> spans(List<String> instances) {
    return List.of(
        span(instances.get(0), "duplicate-key"), span(instances.get(1), "stale-version"));
  }

  private static String span(String instance, String kind) {
    return "span UNSET {conflictguard.instance="
        + instance
        + ", conflictguard.kind="
        + kind
        + ", conflictguard.outcome=answered, conflictguard.rule=people}";
  }
}
