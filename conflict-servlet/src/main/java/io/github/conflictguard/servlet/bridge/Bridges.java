package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.TelemetryTarget;
import io.github.conflictguard.servlet.monitor.ConflictEvents;
import io.github.conflictguard.servlet.monitor.RuleCounters;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one filter to Micrometer, OpenTelemetry and SLF4J, of which the application
 * may have none. Thread-safe.
 */
public final class Bridges {

  static final Pass NOTHING = () -> {};

  private final @Nullable Telemetry telemetry;
  private final @Nullable RequestLogging logging;

  private Bridges(@Nullable Telemetry telemetry, @Nullable RequestLogging logging) {
    this.telemetry = telemetry;
    this.logging = logging;
  }

  /**
   * Connects a filter to the libraries that the application or the filter has. To be called on the
   * thread that starts the application.
   *
   * @param events are told to the libraries from now on
   * @param rules the counters that are published
   */
  public static Bridges open(
      ServletContext context,
      FilterSettings settings,
      ConflictEvents events,
      Collection<RuleCounters> rules) {
    TelemetryTarget target = settings.telemetry();
    Telemetry telemetry = target == TelemetryTarget.NONE ? null : Telemetry.join(context);
    if (telemetry != null) {
      if (target.isMicrometer()) {
        telemetry.bridge(OptionalClass.MICROMETER);
      }
      if (target.isOpenTelemetry()) {
        telemetry.bridge(OptionalClass.OPENTELEMETRY);
      }
      telemetry.publish(rules, settings.monitor().areWritesAllowed());
      ConflictListener listener = telemetry;
      events.add(listener);
    }
    return new Bridges(telemetry, settings.monitor().mdc() ? RequestLogging.find() : null);
  }

  /**
   * Begins one pass of a request through the filter.
   *
   * @param rule the rule that applies; null for none
   */
  public Pass begin(HttpServletRequest request, @Nullable String rule) {
    if (telemetry != null) {
      telemetry.onRequest();
    }
    return logging == null ? NOTHING : logging.begin(request, rule);
  }

  /** Removes everything that was published. */
  public void close() {
    if (telemetry != null) {
      telemetry.leave();
    }
  }

  /** A pass of a request through the filter. */
  public interface Pass {

    /** Ends the pass. */
    void end();
  }
}
