package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.request.RequestInstance;
import jakarta.servlet.http.HttpServletRequest;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Adds rule and instance to the lines that the application logs on the thread of a request. The
 * instance is that of a problem response, if there will be one. Thread-safe.
 */
final class RequestLogging {

  static final String RULE = "conflictguard.rule";
  static final String INSTANCE = "conflictguard.instance";

  private static final Logger LOG = FilterNames.log();

  private final LoggingContext context;

  private RequestLogging(LoggingContext context) {
    this.context = context;
  }

  /** Returns the logging by SLF4J; null without it, which is reported. */
  static @Nullable RequestLogging find() {
    LoggingContext found = OptionalClass.SLF4J.create(LoggingContext.class);
    if (found == null) {
      LOG.warning(
          "The setting mdc has no effect: there is no org.slf4j.MDC; expected SLF4J among the"
              + " libraries of the application");
      return null;
    }
    return new RequestLogging(found);
  }

  /**
   * Adds the values of a request, until they are restored.
   *
   * @return restores the values from before
   */
  Bridges.Pass begin(HttpServletRequest request, @Nullable String rule) {
    try {
      String ruleBefore = context.get(RULE);
      String instanceBefore = context.get(INSTANCE);
      context.set(RULE, rule);
      context.set(INSTANCE, RequestInstance.begin(request));
      return () -> {
        set(RULE, ruleBefore);
        set(INSTANCE, instanceBefore);
      };
    } catch (LinkageError | RuntimeException e) {
      LOG.log(Level.FINE, "The logging context does not work", e);
      return Bridges.NOTHING;
    }
  }

  /** Sets a value. The response must not depend on it. */
  private void set(String key, @Nullable String value) {
    try {
      context.set(key, value);
    } catch (LinkageError | RuntimeException e) {
      LOG.log(Level.FINE, "The logging context does not work", e);
    }
  }
}
