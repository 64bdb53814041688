package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Method;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The part of Undertow's request state outside of its request object. Dispatchers leave the
 * dispatcher type of the last dispatch there, which may make a later filter skip a write. The
 * Servlet API cannot restore it. Not thread-safe.
 */
public final class UndertowContext {

  private static final Logger LOG = Logger.getLogger(UndertowContext.class.getName());
  private static final String REQUESTS = "io.undertow.servlet.spec.";
  private static final String CONTEXT = "io.undertow.servlet.handlers.ServletRequestContext";
  private static final String[] PROPERTIES = {"DispatcherType", "CurrentServlet"};

  private final Object context;
  private final @Nullable Object[] values = new Object[PROPERTIES.length];

  private UndertowContext(Object context) throws ReflectiveOperationException {
    this.context = context;
    for (int i = 0; i < PROPERTIES.length; i++) {
      values[i] = context.getClass().getMethod("get" + PROPERTIES[i]).invoke(context);
    }
  }

  /** Returns the current context, or null if the container is not Undertow. */
  public static @Nullable UndertowContext of(ServletRequest containers) {
    if (!containers.getClass().getName().startsWith(REQUESTS)) {
      return null;
    }
    try {
      ClassLoader loader = containers.getClass().getClassLoader();
      Object context = Class.forName(CONTEXT, false, loader).getMethod("current").invoke(null);
      return context == null ? null : new UndertowContext(context);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "The context of a request cannot be read", e);
      return null;
    }
  }

  /** Restores the state that the context had when this object was created; failures are logged. */
  public void restore() {
    try {
      for (int i = 0; i < PROPERTIES.length; i++) {
        Method getter = context.getClass().getMethod("get" + PROPERTIES[i]);
        context
            .getClass()
            .getMethod("set" + PROPERTIES[i], getter.getReturnType())
            .invoke(context, values[i]);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "The context of a request cannot be put back", e);
    }
  }
}
