package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.servlet.config.FilterNames;
import java.lang.reflect.Constructor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The classes of this package that refer to libraries which may be missing. */
enum OptionalClass {
  MICROMETER("MicrometerBridge", "io.micrometer.core.instrument.Metrics"),
  OPENTELEMETRY("OpenTelemetryBridge", "io.opentelemetry.api.GlobalOpenTelemetry"),
  SLF4J("Slf4jContext", "org.slf4j.MDC");

  private static final Logger LOG = FilterNames.log();

  private final String full;
  private final String needed;

  OptionalClass(String name, String needed) {
    this.full = OptionalClass.class.getPackage().getName() + '.' + name;
    this.needed = needed;
  }

  /** Returns the full name of the class. */
  String full() {
    return full;
  }

  /**
   * Creates an object of the class, linked with the library of the application whose thread this
   * is.
   *
   * @return null if the library is missing, or its version does not fit
   */
  <T> @Nullable T create(Class<T> type) {
    try {
      Constructor<?> constructor = Class.forName(full, true, loader()).getDeclaredConstructor();
      constructor.setAccessible(true);
      return type.cast(constructor.newInstance());
    } catch (LinkageError | ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, e, () -> "There is no library for " + full);
      return null;
    }
  }

  /**
   * Returns the loader of the filter, unless that is the server's and the application has a library
   * of its own.
   */
  private ClassLoader loader() throws ClassNotFoundException {
    ClassLoader own = OptionalClass.class.getClassLoader();
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    Class<?> theirs = application == null ? null : find(application);
    return application == null || theirs == null || theirs == find(own)
        ? own
        : new BridgeLoader(own, application);
  }

  private @Nullable Class<?> find(ClassLoader loader) {
    try {
      return Class.forName(needed, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
