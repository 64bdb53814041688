package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** The configured limits of a container for forms. Immutable. */
final class ContainerLimits {

  private static final int JETTY_BYTES = 200_000;
  private static final int JETTY_PARAMETERS = 1000;
  private static final int TOMCAT_BYTES = 2 * 1024 * 1024;

  final long bytes;
  final int parameters;

  private ContainerLimits(long bytes, int parameters) {
    this.bytes = bytes;
    this.parameters = parameters;
  }

  /**
   * Reads the limits from the container.
   *
   * @param otherwise the number of parameters if the container does not provide its limit
   */
  static ContainerLimits of(ContainerKind kind, ServletRequest innermost, int otherwise) {
    if (kind.isTomcat()) {
      Object connector = tomcatConnector(innermost);
      return new ContainerLimits(
          positive(number(connector, "getMaxPostSize", TOMCAT_BYTES)),
          (int) positive(number(connector, "getMaxParameterCount", otherwise)));
    }
    if (kind.isJetty()) {
      Object context = jettyContext(innermost);
      return new ContainerLimits(
          positive(number(context, "getMaxFormContentSize", JETTY_BYTES)),
          (int) positive(number(context, "getMaxFormKeys", JETTY_PARAMETERS)));
    }
    return new ContainerLimits(Long.MAX_VALUE, otherwise);
  }

  /** Returns the limit; 0 or less means no limit, as in some versions of Tomcat. */
  private static long positive(long limit) {
    return limit <= 0 ? Integer.MAX_VALUE : limit;
  }

  private static @Nullable Object tomcatConnector(ServletRequest facade) {
    for (Class<?> type = facade.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Field request = type.getDeclaredField("request");
        request.setAccessible(true);
        return result(request.get(facade), "getConnector");
      } catch (NoSuchFieldException e) {
        // Possibly in a superclass.
      } catch (ReflectiveOperationException | RuntimeException e) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Object jettyContext(ServletRequest innermost) {
    Object context = innermost.getServletContext();
    Object handler = result(context, "getContextHandler");
    return handler == null ? result(context, "getContext") : handler;
  }

  private static long number(@Nullable Object of, String getter, long otherwise) {
    Object value = result(of, getter);
    return value instanceof Number ? ((Number) value).longValue() : otherwise;
  }

  private static @Nullable Object result(@Nullable Object of, String getter) {
    try {
      return of == null ? null : of.getClass().getMethod(getter).invoke(of);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
