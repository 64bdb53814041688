package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Method;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What Undertow knows of a request beside its request object. Its dispatchers leave the dispatcher
 * type of the last dispatch there, for which a filter behind the guard may let a write pass. No API
 * of servlets can put that back. For one thread.
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

  /** The context as it is now; null where the container is another one. */
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
