package io.github.conflictguard.servlet.config;

import java.util.Locale;

/** The libraries by which the filter publishes numbers and spans: its setting {@code telemetry}. */
public enum TelemetryTarget {
  /** Every library that the application has. */
  ALL,

  /** Micrometer alone. */
  MICROMETER,

  /** OpenTelemetry alone. */
  OPENTELEMETRY,

  /** None. */
  NONE;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether meters are registered in Micrometer. */
  public boolean isMicrometer() {
    return this == ALL || this == MICROMETER;
  }

  /** Returns whether spans and counters of OpenTelemetry are used. */
  public boolean isOpenTelemetry() {
    return this == ALL || this == OPENTELEMETRY;
  }
}
